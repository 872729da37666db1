/** What {@link TargetOptions} are when nothing is said. */
export const TARGET_DEFAULTS = { implementation: "../plugin" } as const;

/** How a plug-in's collector works: see {@link compilerArguments}. */
export type Collector = "between-calls" | "incremental";

/**
 * The arguments for AssemblyScript's compiler, `asc`, that a generated plug-in needs, without the output file.
 *
 * `entry` is the generated `<name>.exports.ts`, relative to the compiler's base directory, with forward slashes. The
 * collector `between-calls` is Tenon's own: it allocates several times faster, and frees memory only when a call has
 * returned. `incremental` is AssemblyScript's, for plug-ins whose single calls make more garbage than memory holds.
 */
export function compilerArguments(entry: string, collector: Collector = "between-calls"): string[] {
  const folder = entry.includes("/") ? `${entry.slice(0, entry.lastIndexOf("/"))}/tenon` : "tenon";
  const use = (name: string, file: string): string[] => ["--use", `${name}=${folder}/${file}/${name}`];
  const runtime =
    collector === "incremental"
      ? ["--runtime", "incremental"]
      : [
          "--runtime",
          "minimal",
          "--use",
          "TENON_HEAP=1",
          ...HEAP_FUNCTIONS.flatMap((name) => use(name, "heap")),
        ];
  return [entry, ...runtime, ...use("abort", "abort"), "--optimizeLevel", "3", "--shrinkLevel", "0"];
}

/** The functions of AssemblyScript's runtime that the support library has its own of. */
const HEAP_FUNCTIONS = ["__new", "__renew", "__link", "__visit", "__pin", "__unpin", "__collect"];
