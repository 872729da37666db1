import { own } from "./json.js";
import { segments } from "./pointer.js";
import { didYouMean, show } from "./wording.js";

/** What the text of a `$ref` says. */
export type Reference =
  | { readonly kind: "internal"; readonly pointer: string }
  | { readonly kind: "file"; readonly path: string; readonly pointer: string }
  | ({ readonly kind: "refused" } & Refusal);

/** Why a `$ref` can't be followed. */
export interface Refusal {
  readonly message: string;
  readonly hint?: string;
}

/** Takes the text of a `$ref` apart: a relative path, if any, and a JSON pointer as its fragment (RFC 6901, 6). */
export function parseReference(text: string): Reference {
  const hash = text.indexOf("#");
  const rawPath = hash === -1 ? text : text.slice(0, hash);
  const path = decode(rawPath);
  const pointer = decode(hash === -1 ? "" : text.slice(hash + 1));
  if (path === undefined || pointer === undefined) {
    return refuse(`the $ref ${show(text)} is malformed`, "write % as %25");
  }
  if (pointer !== "" && !pointer.startsWith("/")) {
    return refuse(`the $ref ${show(text)} names an anchor`, 'write a JSON pointer, such as "#/$defs/Text"');
  }
  if (segments(pointer) === undefined) {
    return refuse(`the $ref ${show(text)} is malformed`, "in a JSON pointer, write ~ as ~0");
  }
  return path === ""
    ? { kind: "internal", pointer }
    : (refusePath(text, path) ?? { kind: "file", path, pointer });
}

/** Writes a JSON pointer as a `$ref` within the document. */
export function internalReference(pointer: string): string {
  // A lone surrogate has no UTF-8 form to percent-encode: it stays as it is.
  return `#${pointer.replace(/\P{Cs}/gu, encodeURI)}`;
}

/** Says that nothing lies at a pointer, and what may have been meant. */
export function explainMissing(document: unknown, pointer: string, text: string): Refusal {
  const message = `the $ref ${show(text)} leads nowhere`;
  const path = segments(pointer) ?? [];
  const definitions = Object.keys(own(document, "$defs") ?? {});
  const name = path[0] === "$defs" ? path[1] : path.at(-1);
  if (name === undefined) return { message };
  if (definitions.includes(name)) {
    return path[0] === "$defs" ? { message } : { message, hint: `did you mean ${show(`#/$defs/${name}`)}?` };
  }
  const hint = didYouMean(name, definitions);
  return hint === undefined ? { message } : { message, hint };
}

function refusePath(text: string, path: string): Reference | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(path)?.[1]?.toLowerCase();
  if (scheme === "http" || scheme === "https") {
    return refuse(
      `the $ref ${show(text)} leads to the network`,
      "keep a copy beside this file and refer to that",
    );
  }
  if (scheme !== undefined || path.startsWith("/") || path.includes("\\")) {
    return refuse(
      `the $ref ${show(text)} isn't a relative path`,
      'write it like "./common.yaml#/$defs/Text"',
    );
  }
  if (path.split("/").includes("node_modules")) {
    return refuse(`the $ref ${show(text)} leads into node_modules`, "that isn't supported yet; keep a copy");
  }
  return undefined;
}

function refuse(message: string, hint: string): Reference {
  return { kind: "refused", message, hint };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
