import { type NewSection, rewriteSections } from "./edit.js";
import { type KnownSectionKind, readSections } from "./framing.js";
import { functionReferences } from "./function-references.js";
import { readModule } from "./module.js";
import {
  asNewExport,
  codeSection,
  elementSection,
  exportSection,
  functionSection,
  grownTable,
  importSection,
  TypeSection,
} from "./relink-sections.js";
import { Numbering, References } from "./renumber.js";
import type { ExternalKind, NumericType } from "./types.js";
import type { Encoder } from "./writer.js";

/** The type of a function, in plain numbers. */
export interface Signature {
  readonly params: readonly NumericType[];
  readonly results: readonly NumericType[];
}

/** A function import that a module gets. */
export interface NewImport extends Signature {
  readonly module: string;
  readonly name: string;
}

/** A function that a module gets. It has no locals but its parameters. */
export interface NewFunction extends Signature {
  /** Writes the instructions, without the final `end`. A call names its callee through `indexOf`. */
  readonly write: (code: Encoder, indexOf: (target: FunctionTarget) => number) => void;
}

/** A function before or after the edit: by its index as it was, or its place among what was added. */
export type FunctionTarget =
  | { readonly existing: number }
  | { readonly addedImport: number }
  | { readonly added: number };

/** An export of the edited module. Those that are not functions keep their index. */
export type NewExport =
  | { readonly name: string; readonly function: FunctionTarget }
  | { readonly name: string; readonly kind: Exclude<ExternalKind, "function">; readonly index: number };

/** What {@link relink} changes. What is left out stays. */
export interface RelinkEdit {
  /**
   * Functions that are not called any more, by index: whatever names one names its target instead. An import leaves
   * the module; a defined function keeps its index, and its body may be `emptied`.
   */
  readonly replaced?: ReadonlyMap<number, FunctionTarget>;
  readonly addedImports?: readonly NewImport[];
  readonly addedFunctions?: readonly NewFunction[];
  /** Defined functions that nothing calls any more: their bodies become a trap, and their indexes stay. */
  readonly emptied?: ReadonlySet<number>;
  /** All exports that the module has afterwards. */
  readonly exports?: readonly NewExport[];
  /** Functions to append to the first table, which has to be a defined one of `funcref`. */
  readonly tableElements?: readonly FunctionTarget[];
  /** The answer of {@link functionReferences} for these bytes, where it is known already. */
  readonly references?: Uint32Array;
}

/**
 * Links a module anew: takes function imports out and puts others in, adds functions, and renumbers whatever names
 * a function. Names for debuggers are dropped, because their numbers no longer fit. Throws a
 * {@link WasmFormatError} for bytes that are not a module, or hold instructions that can't be stepped over, and a
 * `RangeError` for an edit that doesn't fit the module.
 */
export function relink(bytes: Uint8Array, edit: RelinkEdit): Uint8Array<ArrayBuffer> {
  const module = readModule(bytes);
  const numbers = new Numbering(module, edit);
  const references = new References(bytes, edit.references ?? functionReferences(bytes, module), numbers);
  const payloads = new Map<KnownSectionKind, Uint8Array>();
  const types = new TypeSection(bytes, module);
  const added = (edit.addedFunctions ?? []).map((fn) => ({ ...fn, type: types.indexOf(fn) }));
  payloads.set("import", importSection(bytes, module, edit, types));
  payloads.set("type", types.finish());
  payloads.set("function", functionSection(bytes, module, added));
  payloads.set("code", codeSection(module, edit, added, references, numbers));
  if (edit.exports) payloads.set("export", exportSection(edit.exports, numbers));
  else payloads.set("export", exportSection(module.exports.map(asNewExport), numbers));
  for (const { kind, payload } of module.sections) {
    if (kind === "global" || kind === "start" || kind === "element" || kind === "table") {
      payloads.set(kind, references.rewrite(payload));
    }
  }
  if (edit.tableElements?.length) {
    payloads.set("table", grownTable(module, edit.tableElements.length, references));
    payloads.set("element", elementSection(bytes, module, edit.tableElements, references, numbers));
  }
  return replaceSections(bytes, payloads);
}

function replaceSections(
  bytes: Uint8Array,
  payloads: ReadonlyMap<KnownSectionKind, Uint8Array>,
): Uint8Array<ArrayBuffer> {
  const added: NewSection[] = [];
  const present = new Set(readSections(bytes).map(({ kind }) => kind));
  for (const [kind, payload] of payloads) {
    // An empty vector is one byte: nothing to add a section for.
    if (!present.has(kind) && payload.length > 1) added.push({ kind, payload });
  }
  return rewriteSections(
    bytes,
    (section) => {
      if (section.kind === "custom") return section.name === "name" ? "drop" : "keep";
      return payloads.get(section.kind) ?? "keep";
    },
    added,
  );
}
