import { checkDocument } from "./check-document.js";
import type { Encoding, Interface } from "./ir.js";

/** How a document that is in memory is normalised. */
export interface NormaliseOptions {
  /** Names the document in messages. @default "interface" */
  readonly file?: string;
  /** Takes the place of the document's own `encoding`; payloads and operations that name theirs keep it. */
  readonly encoding?: Encoding;
}

/**
 * Checks a definition that is one plain JSON document, such as the one a plug-in embeds, and normalises it. It
 * reads no file, and bounds its work: the document may be hostile.
 *
 * @throws InterfaceError with everything that is wrong, by JSON pointer; line and column are 0
 */
export function normaliseInterface(document: unknown, options: NormaliseOptions = {}): Interface {
  const file = options.file ?? "interface";
  return checkDocument(document, {
    file,
    files: [file],
    encoding: options.encoding,
    references: new Map(),
    trace: ({ key: _key, ...problem }) => ({ file, line: 0, column: 0, ...problem }),
    diagnostics: [],
  });
}
