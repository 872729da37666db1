import { Reader } from "./reader.js";
import type { FunctionTarget, NewExport, NewFunction, RelinkEdit, Signature } from "./relink.js";
import { importedFunctions, type Numbering, type References } from "./renumber.js";
import type { Module } from "./types.js";
import { Encoder } from "./writer.js";

const FUNCTION_TYPE = 0x60;
const NUMERIC_CODES = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
const KIND_CODES = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

/** The types, and those that the edit needs besides. */
export class TypeSection {
  readonly #indexes = new Map<string, number>();
  readonly #entries = new Encoder();
  #added = 0;
  readonly #groups: number;
  readonly #known: number;

  constructor(bytes: Uint8Array, module: Module) {
    module.types.forEach((type, index) => {
      if (type.kind === "func") this.#indexes.set(`${type.params}:${type.results}`, index);
    });
    this.#known = module.types.length;
    const section = module.sections.find(({ kind }) => kind === "type");
    const reader = new Reader(bytes, section?.payload ?? { start: 0, end: 0 }, "type section");
    // A recursive group counts as one.
    this.#groups = section ? reader.u32("the number of types") : 0;
    this.#entries.bytes(bytes.subarray(reader.offset, reader.end));
  }

  indexOf({ params, results }: Signature): number {
    const key = `${params}:${results}`;
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const index = this.#known + this.#added++;
    this.#indexes.set(key, index);
    this.#entries.byte(FUNCTION_TYPE);
    for (const list of [params, results]) {
      this.#entries.unsigned(list.length);
      for (const type of list) this.#entries.byte(NUMERIC_CODES[type]);
    }
    return index;
  }

  finish(): Uint8Array {
    return counted(this.#groups + this.#added, this.#entries);
  }
}

export function importSection(
  bytes: Uint8Array,
  module: Module,
  edit: RelinkEdit,
  types: TypeSection,
): Uint8Array {
  const added = edit.addedImports ?? [];
  const entries = new Encoder();
  let functions = 0;
  let kept = 0;
  for (const { kind, range } of module.imports) {
    if (kind === "function" && edit.replaced?.has(functions++)) continue;
    entries.bytes(bytes.subarray(range.start, range.end));
    kept += 1;
  }
  for (const item of added) {
    entries.name(item.module);
    entries.name(item.name);
    entries.byte(KIND_CODES.function);
    entries.unsigned(types.indexOf(item));
  }
  return counted(kept + added.length, entries);
}

export function functionSection(
  bytes: Uint8Array,
  module: Module,
  added: readonly { readonly type: number }[],
): Uint8Array {
  const entries = new Encoder();
  const section = module.sections.find(({ kind }) => kind === "function");
  if (section) {
    const reader = new Reader(bytes, section.payload, "function section");
    reader.u32("the number of functions");
    entries.bytes(bytes.subarray(reader.offset, reader.end));
  }
  for (const { type } of added) entries.unsigned(type);
  return counted(module.bodies.length + added.length, entries);
}

/** No locals, `unreachable`, `end`. */
const TRAP = Uint8Array.of(0x00, 0x00, 0x0b);
const END = 0x0b;

export function codeSection(
  module: Module,
  edit: RelinkEdit,
  added: readonly NewFunction[],
  references: References,
  numbers: Numbering,
): Uint8Array {
  const code = new Encoder();
  const imports = importedFunctions(module).length;
  code.unsigned(module.bodies.length + added.length);
  module.bodies.forEach((body, index) => {
    if (edit.emptied?.has(imports + index)) {
      code.sized(TRAP);
    } else {
      code.unsigned(references.lengthOf(body));
      references.copy(body, code);
    }
  });
  for (const { write } of added) {
    const body = new Encoder();
    body.unsigned(0);
    write(body, (target) => numbers.of(target));
    body.byte(END);
    code.sized(body.finish());
  }
  return code.finish();
}

export function exportSection(exports: readonly NewExport[], numbers: Numbering): Uint8Array {
  const entries = new Encoder();
  for (const item of exports) {
    entries.name(item.name);
    entries.byte("function" in item ? KIND_CODES.function : KIND_CODES[item.kind]);
    entries.unsigned("function" in item ? numbers.of(item.function) : item.index);
  }
  return counted(exports.length, entries);
}

export function asNewExport({ name, kind, index }: Module["exports"][number]): NewExport {
  return kind === "function" ? { name, function: { existing: index } } : { name, kind, index };
}

const HAS_MAX = 1;

export function grownTable(module: Module, by: number, references: References): Uint8Array {
  const table = module.tables[0];
  const section = module.sections.find(({ kind }) => kind === "table");
  if (!section || table?.imported !== false || table.element !== "funcref" || table.limits.index !== "i32") {
    throw new RangeError("expected a module whose first table is its own, of funcref, with 32-bit indexes");
  }
  const limits = new Encoder();
  limits.byte(table.limits.max === undefined ? 0 : HAS_MAX);
  limits.unsigned(table.limits.min + BigInt(by));
  if (table.limits.max !== undefined) limits.unsigned(table.limits.max + BigInt(by));
  const payload = new Encoder();
  references.copy({ start: section.payload.start, end: table.limits.range.start }, payload);
  payload.bytes(limits.finish());
  references.copy({ start: table.limits.range.end, end: section.payload.end }, payload);
  return payload.finish();
}

const I32_CONST = 0x41;

export function elementSection(
  bytes: Uint8Array,
  module: Module,
  targets: readonly FunctionTarget[],
  references: References,
  numbers: Numbering,
): Uint8Array {
  const entries = new Encoder();
  if (module.elements) {
    const reader = new Reader(bytes, module.elements.range, "element section");
    reader.u32("the number of element segments");
    references.copy({ start: reader.offset, end: reader.end }, entries);
  }
  entries.unsigned(0);
  entries.byte(I32_CONST);
  entries.signed(Number(module.tables[0]?.limits.min ?? 0n));
  entries.byte(END);
  entries.unsigned(targets.length);
  for (const target of targets) entries.unsigned(numbers.of(target));
  return counted((module.elements?.count ?? 0) + 1, entries);
}

function counted(count: number, entries: Encoder): Uint8Array {
  const payload = new Encoder();
  payload.unsigned(count);
  payload.bytes(entries.finish());
  return payload.finish();
}
