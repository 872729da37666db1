import { dirname, join, parse } from "node:path";
import type { Diagnostic } from "../diagnostic.js";
import { define, entries, isObject, type JsonObject, own } from "../json.js";
import { findPlaces, findPlacesIn, type Place } from "../places.js";
import { child, lookup, segments } from "../pointer.js";
import type { Problem } from "../problem.js";
import { explainMissing, internalReference, parseReference, type Refusal } from "../reference.js";
import type { Source } from "../source/source.js";
import { show } from "../wording.js";
import type { Files } from "./files.js";

/** A document that stands alone: what it referred to in other files is among its own definitions. */
export interface Bundle {
  readonly document: unknown;
  /** By the pointer of a schema in `document`: its `$ref`, when that was rewritten or can't be followed. */
  readonly references: ReadonlyMap<string, BundledReference>;
  /** Traces a problem in `document` to the file that the place came from. */
  readonly trace: (problem: Problem) => Diagnostic;
}

/** What became of a `$ref` when the files were put together. */
export interface BundledReference {
  /** The `$ref` as its author wrote it. */
  readonly text: string;
  /** Null: it can't be followed, for a reason that the file at its other end reports. */
  readonly failure?: Refusal | null;
}

/**
 * Moves every definition that `root` reaches in other files into a copy of `root`, under names that are free there,
 * and rewrites each `$ref` to match. Only what is referred to is moved, so that a plug-in carries nothing else.
 */
export async function bundle(root: Source, files: Files): Promise<Bundle> {
  const document: unknown = structuredClone(root.value);
  const references = new Map<string, BundledReference>();
  const units: Unit[] = [];
  const names = new Set(entries(own(document, "$defs")).map(([key]) => key));
  const queue: { source: Source; places: readonly Place[] }[] = [
    { source: root, places: findPlaces(document) },
  ];

  // The queue grows while it is walked.
  for (const { source, places } of queue) {
    for (const place of places) {
      const text = own(place.schema, "$ref");
      if (typeof text === "string" && isObject(place.schema))
        await link(source, place.pointer, place.schema, text);
    }
  }
  return { document, references, trace: (problem) => trace(problem, root, units) };

  async function link(source: Source, pointer: string, schema: JsonObject, text: string): Promise<void> {
    const reference = parseReference(text);
    // What is malformed, and what stays inside the document, is for the normaliser.
    if (reference.kind === "refused" || (reference.kind === "internal" && source === root)) return;
    const target =
      reference.kind === "file" ? await files.open(join(dirname(source.path), reference.path)) : source;
    const failed = (failure: Refusal | null) => references.set(pointer, { text, failure });
    if (typeof target === "string") return void failed({ message: `can't read ${show(text)}: ${target}` });
    if (target.value === undefined) return void failed(null);
    if (target === root) {
      schema["$ref"] = internalReference(reference.pointer);
    } else {
      const refusal = refuseTarget(target, reference.pointer, text);
      if (refusal !== undefined) return void failed(refusal);
      schema["$ref"] = internalReference(adopt(target, reference.pointer));
    }
    references.set(pointer, { text });
  }

  /** Makes sure that what a pointer of another file leads to is in the document; returns its pointer there. */
  function adopt(source: Source, pointer: string): string {
    const start = unitPointer(source, pointer);
    let unit = units.find((known) => known.source === source && known.pointer === start);
    if (unit === undefined) {
      unit = { source, pointer: start, name: freeName(start, source, names) };
      units.push(unit);
      const schema = copyUnit(source, start);
      if (own(document, "$defs") === undefined && isObject(document)) define(document, "$defs", {});
      const definitions = own(document, "$defs");
      if (isObject(definitions)) define(definitions, unit.name, schema);
      queue.push({
        source,
        places: findPlacesIn({ pointer: child("/$defs", unit.name), key: unit.name, schema }),
      });
    }
    return child("/$defs", unit.name) + pointer.slice(start.length);
  }
}

/** A part of another file that was moved into the document as one definition. */
interface Unit {
  readonly source: Source;
  /** Where it lies in its own file. */
  readonly pointer: string;
  /** Its key in the document's `$defs`. */
  readonly name: string;
}

/**
 * The definition that a pointer lies in is moved as a whole, so that a pointer into it and one to it mean the same
 * type. A file that isn't an interface definition may itself be one schema.
 */
function unitPointer(source: Source, pointer: string): string {
  const [first, key] = segments(pointer) ?? [];
  if (first === "$defs" && key !== undefined) return child("/$defs", key);
  return isInterface(source.value) ? pointer : "";
}

function copyUnit(source: Source, pointer: string): unknown {
  const schema: unknown = structuredClone(lookup(source.value, pointer)?.value);
  if (pointer !== "" || !isObject(schema)) return schema;
  const { $schema: _schema, $defs: _definitions, ...rest } = schema;
  return rest;
}

function refuseTarget(target: Source, pointer: string, text: string): Refusal | undefined {
  if (lookup(target.value, pointer) === undefined) return explainMissing(target.value, pointer, text);
  if (pointer !== "" || !isObject(target.value)) return undefined;
  const keys = Object.keys(target.value).filter((key) => !annotations.has(key));
  const onlyDefinitions = keys.length === 1 && keys[0] === "$defs";
  if (!onlyDefinitions && !isInterface(target.value)) return undefined;
  const example = entries(own(target.value, "$defs"))[0]?.[0] ?? "Text";
  const hint = `name one of them, such as ${show(`${text.replace(/#.*/, "")}#/$defs/${example}`)}`;
  return { message: `the file of the $ref ${show(text)} holds definitions; it isn't a schema itself`, hint };
}

const annotations: ReadonlySet<string> = new Set(["$schema", "$comment", "title", "description"]);

function isInterface(value: unknown): boolean {
  return own(value, "exports") !== undefined || own(value, "imports") !== undefined;
}

function freeName(pointer: string, source: Source, taken: Set<string>): string {
  const wanted = segments(pointer)?.at(-1) ?? parse(source.path).name;
  const clean = wanted.replace(/[^A-Za-z0-9_.-]/g, "_").replace(/^__proto__$/, "proto") || "Definition";
  let name = clean;
  for (let i = 2; taken.has(name); i++) name = `${clean}${i}`;
  taken.add(name);
  return name;
}

function trace(problem: Problem, root: Source, units: readonly Unit[]): Diagnostic {
  const [first, key] = segments(problem.pointer) ?? [];
  const unit = first === "$defs" ? units.find(({ name }) => name === key) : undefined;
  if (unit === undefined || key === undefined) return root.trace(problem);
  const rest = problem.pointer.slice(child("/$defs", key).length);
  return unit.source.trace({ ...problem, pointer: unit.pointer + rest });
}
