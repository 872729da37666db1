import { Encoder, readModule, rewriteSections, splice } from "@tenon/wasm";

const KINDS = { function: 0, table: 1, memory: 2, global: 3 };
const HAS_NO_MAX = 0;

/** Renames the module of all imports: what the engine asks of its host, the glue answers. */
export function answerImports(bytes, by) {
  const { imports } = readModule(bytes);
  const section = new Encoder();
  section.unsigned(imports.length);
  for (const { name, kind, entry } of imports) {
    if (kind !== "function")
      throw new Error(`The engine imports a ${kind}, ${name}: only functions are expected.`);
    section.name(by);
    section.name(name);
    section.byte(KINDS.function);
    section.unsigned(entry.type);
  }
  return rewriteSections(bytes, ({ kind }) => (kind === "import" ? section.finish() : "keep"));
}

/** Makes room in the function table, and exports it by the name that AssemblyScript imports it by. */
export function withTable(bytes, expected, more) {
  const { tables, exports } = readModule(bytes);
  const { min, range } = tables[0].limits;
  if (min !== BigInt(expected))
    throw new Error(
      `The engine's table has ${min} entries instead of ${expected}: has quickjs-wasi changed?`,
    );
  const limits = new Encoder();
  limits.byte(HAS_NO_MAX);
  limits.unsigned(expected + more);
  const names = exports.map((item) => (item.kind === "table" ? { ...item, name: "table" } : item));
  return rewriteSections(bytes, ({ kind, payload }) => {
    if (kind === "table") return splice(bytes, payload, [{ ...range, bytes: limits.finish() }]);
    return kind === "export" ? exportSection(names) : "keep";
  });
}

/** Drops all exports whose name doesn't match, and exports the mutable globals, for snapshots. */
export function exportOnly(bytes, pattern) {
  const { globals, exports } = readModule(bytes);
  const kept = exports.filter(({ name, kind }) => kind !== "global" && pattern.test(name));
  globals.forEach(({ mutable }, index) => {
    if (mutable) kept.push({ name: `global:${index}`, kind: "global", index });
  });
  for (const { name, kind, index } of exports)
    if (kind === "global" && pattern.test(name)) kept.push({ name, kind, index });
  return rewriteSections(bytes, ({ kind }) => (kind === "export" ? exportSection(kept) : "keep"));
}

function exportSection(exports) {
  const section = new Encoder();
  section.unsigned(exports.length);
  for (const { name, kind, index } of exports) {
    section.name(name);
    section.byte(KINDS[kind]);
    section.unsigned(index);
  }
  return section.finish();
}
