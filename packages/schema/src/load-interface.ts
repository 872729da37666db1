import { normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle/bundle.js";
import { type Files, openFiles, type ReadFile } from "./bundle/files.js";
import { checkDocument } from "./check-document.js";
import { InterfaceError } from "./diagnostic.js";
import type { Encoding, Interface } from "./ir.js";
import { define, isObject } from "./json.js";
import { hasKnownExtension, type Source } from "./source/source.js";

/** A definition that is in memory already. `uri` is a path or a `file:` URL: `$ref`s are relative to it. */
export interface InterfaceText {
  readonly text: string;
  readonly uri: string;
}

/** How an interface definition is loaded. */
export interface LoadOptions {
  /** Takes the place of the document's own `encoding`; payloads and operations that name theirs keep it. */
  readonly encoding?: Encoding;
  /** Reads a file. @default a reader of the local file system */
  readonly readFile?: ReadFile;
}

/** An interface definition, ready to generate code from. */
export interface LoadedInterface {
  readonly interface: Interface;
  /**
   * The definition as one plain JSON document that refers to no file: what a plug-in embeds. It has no `$schema`,
   * and the encoding that was asked for.
   */
  readonly document: unknown;
  /** The paths that were read, the definition's own first. */
  readonly files: readonly string[];
}

/**
 * Loads an interface definition, JSON or YAML, with the files that it refers to. It reads whatever file a `$ref`
 * names: for a definition that came out of a plug-in use `normaliseInterface`, which reads none.
 *
 * @throws InterfaceError with everything that is wrong, each with its file, line and column
 */
export async function loadInterface(
  from: string | URL | InterfaceText,
  options: LoadOptions = {},
): Promise<LoadedInterface> {
  const files = openFiles(options.readFile);
  const root = await openRoot(from, files);
  // A syntax error leaves nothing to check.
  if (root.value === undefined) throw new InterfaceError(root.path, root.diagnostics);
  const bundled = await bundle(root, files);
  const sources = files.sources();
  const paths = sources.map((source) => source.path);
  const { document } = bundled;
  const normalised = checkDocument(document, {
    file: root.path,
    files: paths,
    encoding: options.encoding,
    references: bundled.references,
    trace: bundled.trace,
    diagnostics: sources.flatMap((source) => source.diagnostics),
  });
  return { interface: normalised, document: embeddable(document, options.encoding), files: paths };
}

async function openRoot(from: string | URL | InterfaceText, files: Files): Promise<Source> {
  const isText = typeof from === "object" && !(from instanceof URL);
  const uri = isText ? from.uri : String(from);
  const path = toPath(uri);
  if (path === undefined) throw unreadable(uri, "only local files can be");
  if (!isText) {
    const root = await files.open(path);
    if (typeof root === "string") throw unreadable(path, root);
    return root;
  }
  if (!hasKnownExtension(path)) throw unreadable(path, "its name must end in .json, .yaml or .yml");
  return files.add(path, from.text);
}

function toPath(uri: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(uri)) return normalize(uri);
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

function unreadable(file: string, reason: string): InterfaceError {
  const message = `the file can't be read: ${reason}`;
  return new InterfaceError(file, [{ file, line: 0, column: 0, pointer: "", message }]);
}

/** The path to the published schema means nothing inside a plug-in, and an overridden encoding has to travel along. */
function embeddable(document: unknown, encoding: Encoding | undefined): unknown {
  if (!isObject(document)) return document;
  const { $schema: _schema, ...rest } = document;
  if (encoding !== undefined) define(rest, "encoding", encoding);
  return rest;
}
