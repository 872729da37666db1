import type { ExportSummary } from "@tenon/wasm";

/** The interface definition that a plug-in carries, or what is wrong with it. */
export type EmbeddedInterface =
  | {
      readonly name: string;
      readonly version: string;
      readonly exports: readonly InterfaceExport[];
      readonly problem: null;
    }
  | { readonly problem: string };

/** An export as the interface definition has it. An encoding is null where nothing is passed. */
export interface InterfaceExport {
  readonly name: string;
  readonly input: Encoding | null;
  readonly output: Encoding | null;
  /** Whether the module has a function of that name. */
  readonly offered: boolean;
}

type Encoding = (typeof ENCODINGS)[number];

/**
 * Reads just enough of a plug-in's `tenon:interface` sections for a listing. Whether the definition is a good one
 * in every detail is not checked here.
 */
export function readEmbeddedInterface(
  sections: readonly Uint8Array[],
  exports: readonly ExportSummary[],
): EmbeddedInterface | null {
  const [section] = sections;
  if (!section) return null;
  try {
    if (sections.length > 1)
      throw new MalformedInterface(`${sections.length} sections, where one is allowed`);
    return readDocument(parse(section), exports);
  } catch (error) {
    if (error instanceof MalformedInterface) return { problem: error.message };
    throw error;
  }
}

class MalformedInterface extends Error {}

type JsonObject = Readonly<Record<string, unknown>>;

function readDocument(json: unknown, exports: readonly ExportSummary[]): EmbeddedInterface {
  const document = objectAt("the document", json);
  const functions = new Set(exports.flatMap(({ name, kind }) => (kind === "function" ? [name] : [])));
  const encoding = encodingOf("/encoding", document, "json");
  const listed = document["exports"] === undefined ? {} : objectAt("/exports", document["exports"]);
  return {
    name: stringAt("/name", document["name"]),
    version: stringAt("/version", document["version"]),
    exports: Object.entries(listed).map(([name, value]) => {
      const path = `/exports/${name}`;
      const operation = objectAt(path, value);
      const inherited = encodingOf(`${path}/encoding`, operation, encoding);
      return {
        name,
        input: payloadEncoding(`${path}/input`, operation["input"], inherited),
        output: payloadEncoding(`${path}/output`, operation["output"], inherited),
        offered: functions.has(name),
      };
    }),
    problem: null,
  };
}

function parse(section: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(section));
  } catch (error) {
    // Only these two throw here: the decoder a TypeError, the parser a SyntaxError with the place.
    const reason = error instanceof SyntaxError ? `not JSON: ${error.message}` : "not UTF-8";
    throw new MalformedInterface(reason);
  }
}

function payloadEncoding(path: string, payload: unknown, inherited: Encoding): Encoding | null {
  if (payload === undefined) return null;
  if (typeof payload === "boolean") return inherited;
  return encodingOf(`${path}/encoding`, objectAt(path, payload), inherited);
}

function encodingOf(path: string, holder: JsonObject, inherited: Encoding): Encoding {
  const value = holder["encoding"];
  if (value === undefined) return inherited;
  const known = ENCODINGS.find((encoding) => encoding === value);
  if (known) return known;
  throw new MalformedInterface(`expected ${path} to be one of ${ENCODINGS.join(", ")}, got ${shown(value)}`);
}

function objectAt(path: string, value: unknown): JsonObject {
  // The cast holds because the value came out of JSON: an object that is no array has string keys only.
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new MalformedInterface(`expected ${path} to be an object, got ${shown(value)}`);
}

function stringAt(path: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw new MalformedInterface(`expected ${path} to be a string, got ${shown(value)}`);
}

/** A value in a few characters, however large it is. */
function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

const ENCODINGS = ["json", "messagepack", "text", "binary"] as const;
