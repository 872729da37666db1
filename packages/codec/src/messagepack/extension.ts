import * as format from "./format.js";

/** A MessagePack extension value of a type that Tenon has no JavaScript value for: its type, and its bytes. */
export class ExtensionValue {
  /** From -128 to 127; the negative ones are MessagePack's own. */
  readonly type: number;
  readonly data: Uint8Array;

  constructor(type: number, data: Uint8Array) {
    this.type = type;
    this.data = data;
  }

  /** Names it in errors, and sets it apart from plain data, which has no such tag. */
  get [Symbol.toStringTag](): string {
    return "ExtensionValue";
  }
}

/** Where the parts of an extension item are. */
export interface ExtensionItem {
  readonly type: number;
  /** Where its data begins. */
  readonly data: number;
  /** Where its data, and the item, ends. */
  readonly end: number;
}

/** The parts of the extension item at `pos`; undefined when another item, or not all of it, is there. */
export function extensionAt(view: DataView, pos: number, end: number): ExtensionItem | undefined {
  if (pos >= end) return undefined;
  const c = view.getUint8(pos);
  const sized = c === format.EXT8 ? 1 : c === format.EXT16 ? 2 : c === format.EXT32 ? 4 : 0;
  if (sized === 0 && (c < format.FIXEXT1 || c > format.FIXEXT16)) return undefined;
  const after = format.itemEnd(view, pos, end);
  if (after > end) return undefined;
  return { type: view.getInt8(pos + 1 + sized), data: pos + 2 + sized, end: after };
}
