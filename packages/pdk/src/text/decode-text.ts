import { decodeUtf8 } from "./utf8.js";
import { repairUtf8 } from "./utf8-repair.js";

/** The text of UTF-8, with U+FFFD for what is ill-formed. */
export function decodeText(bytes: Uint8Array): string {
  return decodeUtf8(bytes) ?? repairUtf8(bytes);
}
