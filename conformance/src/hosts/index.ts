export type { Batch, CallResult, Host, Scenario, ScenarioResult } from "./host.js";
export { hosts } from "./hosts.js";
export { HOST_NAMES, type HostName } from "./names.js";
