/** What a plug-in can have a use for, beyond its input and output. */
export interface Needs {
  /** Names imported from `tenon:` modules: `log.info`. */
  readonly services: ReadonlySet<string>;
  readonly hostFunctions: boolean;
  readonly clock: boolean;
  readonly random: boolean;
  readonly eval: boolean;
}

/** Whether an import of the engine stays in the plug-in. */
export function isImportNeeded(name: string, needs: Needs): boolean {
  switch (name) {
    case "clock_time_get":
      return needs.clock;
    case "random_get":
      return needs.random;
    case "free":
    case "length":
    case "load_u8":
    case "load_u64":
      return needs.hostFunctions || READING_SERVICES.some((service) => needs.services.has(service));
    default: {
      const users = USERS[name];
      return users === undefined || users.some((service) => needs.services.has(service));
    }
  }
}

/** Services that answer with a block of the kernel. */
const READING_SERVICES = ["config.get", "vars.get", "http.request", "http.headers"];

/** By import, the services that call it. Imports that are not here are for input, output and errors. */
const USERS: Readonly<Record<string, readonly string[]>> = {
  config_get: ["config.get"],
  var_get: ["vars.get"],
  var_set: ["vars.set"],
  log_trace: ["log.trace"],
  log_debug: ["log.debug"],
  log_info: ["log.info"],
  log_warn: ["log.warn"],
  log_error: ["log.error"],
  get_log_level: ["log.level"],
  http_request: ["http.request"],
  http_status_code: ["http.status"],
  http_headers: ["http.headers"],
};
