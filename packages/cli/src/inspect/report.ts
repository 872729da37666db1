import { gzipSync } from "node:zlib";
import { customSections, describeModule, type ImportSummary, type ModuleSummary } from "@tenon/wasm";
import { type Conventions, detectConventions } from "./conventions.js";
import { type EmbeddedInterface, readEmbeddedInterface } from "./embedded-interface.js";

/** Who is expected to offer an import: the kernel, the application, or the system interface. Null is anyone else. */
export type ImportHost = "kernel" | "user" | "wasi" | null;

/** What `tenon inspect --json` prints. Fields may be added; those that are there keep their names and meaning. */
export interface InspectReport extends Omit<ModuleSummary, "imports"> {
  /** As on the command line. */
  readonly file: string;
  /** In bytes. */
  readonly gzipSize: number;
  readonly imports: readonly (ImportSummary & { readonly host: ImportHost })[];
  readonly conventions: Conventions;
  /** Null: the plug-in carries none. */
  readonly interface: EmbeddedInterface | null;
}

/** Looks at a plug-in from all sides. Throws a `WasmFormatError` for bytes that are not a core module. */
export function buildReport(file: string, bytes: Uint8Array): InspectReport {
  const { size, name, imports, ...rest } = describeModule(bytes);
  return {
    file,
    size,
    gzipSize: gzipSync(bytes).length,
    name,
    conventions: detectConventions(rest.exports),
    interface: readEmbeddedInterface(customSections(bytes, "tenon:interface"), rest.exports),
    imports: imports.map((item) => ({ ...item, host: HOSTS.get(item.module) ?? null })),
    ...rest,
  };
}

const HOSTS: ReadonlyMap<string, ImportHost> = new Map([
  ["extism:host/env", "kernel"],
  ["extism:host/user", "user"],
  ["wasi_snapshot_preview1", "wasi"],
]);
