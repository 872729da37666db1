import { driverHost } from "./driver.js";
import { extismJs } from "./extism-js.js";
import type { Host } from "./host.js";
import { driverState } from "./setup-state.js";
import { tenonDirect, tenonKernel, tenonTyped } from "./tenon.js";

/** Every host, in the order of the matrix. */
export const hosts: readonly Host[] = [
  tenonKernel,
  tenonDirect,
  tenonTyped,
  extismJs,
  driverHost("extism-native", driverState("python")),
  driverHost("extism-go", driverState("go")),
];
