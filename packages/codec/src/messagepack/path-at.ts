import { formatPath, type PathStep } from "../path.js";
import { decodeLossy } from "../utf8.js";
import * as format from "./format.js";
import { walkTo } from "./locate.js";
import type { Frame } from "./walk.js";

/**
 * The path, such as `$.items[3].name`, of the innermost value that begins at or contains an offset: the `offset`
 * of a {@link CodecError}, in bytes from `start`. A key counts as part of its map. The encoding may be cut off, as
 * it is when a writer failed half-way, and it may be hostile.
 */
export function pathAt(bytes: Uint8Array, start: number, offset: number, end: number): string {
  const last = Math.min(end, bytes.length);
  if (!(start >= 0 && start <= last && offset >= 0)) return "$";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const walk = walkTo(view, start, Math.min(start + offset, last));
  const steps: PathStep[] = [];
  for (const frame of walk.frames) {
    const step = stepInto(bytes, view, frame);
    if (step === undefined) break;
    steps.push(step);
  }
  return formatPath(steps);
}

/** The index or key of the item that a walk is at in this container. Undefined: it is at a key. */
function stepInto(bytes: Uint8Array, view: DataView, frame: Frame): PathStep | undefined {
  if (!frame.map) return frame.passed;
  return frame.passed % 2 === 0 ? undefined : keyText(bytes, view, frame.last, frame.current);
}

/** Longer than any key that a path shows in full. */
const MAX_KEY_BYTES = 512;

function keyText(bytes: Uint8Array, view: DataView, at: number, end: number): string | undefined {
  const c = view.getUint8(at);
  const header = c === format.STR8 ? 2 : c === format.STR16 ? 3 : c === format.STR32 ? 5 : 1;
  if (header === 1 && (c & 0xe0) !== format.FIXSTR) return undefined;
  return decodeLossy(bytes, at + header, Math.min(end, at + header + MAX_KEY_BYTES));
}
