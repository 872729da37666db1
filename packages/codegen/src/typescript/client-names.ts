import type { Interface } from "@tenon/schema";
import { ModuleNames, type TakenNames } from "./module-names.js";

/** The names of a host module, with those of the client and what belongs to it. */
export class ClientNames extends ModuleNames {
  /** The client class: `TextTools`. */
  readonly client: string;
  /** The client without promises: `TextToolsSync`. */
  readonly sync: string;
  /** What the application offers: `TextToolsFunctions`. */
  readonly functions: string;

  constructor(definition: Interface) {
    super(definition, TAKEN);
    this.client = this.claim(this.base);
    this.sync = this.claim(`${this.base}Sync`);
    this.functions = this.claim(`${this.base}Functions`);
  }
}

const TAKEN: TakenNames = {
  top: [
    "CallContext",
    "ClientOptions",
    "Connection",
    "JsonContext",
    "Plugin",
    "PluginError",
    "PluginSource",
    "Reader",
    "TypedCall",
    "Writer",
    "connect",
    "setProperty",
  ],
  // `then`, because a promise of an object with a `then` method never settles as meant.
  members: ["constructor", "close", "connection", "plugin", "sync", "then"],
};
