/**
 * The MessagePack specification's format bytes, and the sizes that follow from them. Plain constants, not an
 * object, so that bundlers and engines fold them.
 */

export const FIXMAP = 0x80;
export const FIXARRAY = 0x90;
export const FIXSTR = 0xa0;
export const NIL = 0xc0;
export const NEVER_USED = 0xc1;
export const FALSE = 0xc2;
export const TRUE = 0xc3;
export const BIN8 = 0xc4;
export const BIN16 = 0xc5;
export const BIN32 = 0xc6;
export const EXT8 = 0xc7;
export const EXT16 = 0xc8;
export const EXT32 = 0xc9;
export const FLOAT32 = 0xca;
export const FLOAT64 = 0xcb;
export const UINT8 = 0xcc;
export const UINT16 = 0xcd;
export const UINT32 = 0xce;
export const UINT64 = 0xcf;
export const INT8 = 0xd0;
export const INT16 = 0xd1;
export const INT32 = 0xd2;
export const INT64 = 0xd3;
export const FIXEXT1 = 0xd4;
export const FIXEXT2 = 0xd5;
export const FIXEXT4 = 0xd6;
export const FIXEXT8 = 0xd7;
export const FIXEXT16 = 0xd8;
export const STR8 = 0xd9;
export const STR16 = 0xda;
export const STR32 = 0xdb;
export const ARRAY16 = 0xdc;
export const ARRAY32 = 0xdd;
export const MAP16 = 0xde;
export const MAP32 = 0xdf;
export const NEGATIVE_FIXINT = 0xe0;

/** The extension type of a timestamp. */
export const TIMESTAMP = -1;

/** How deep containers may nest unless a reader is told otherwise, and how deep a writer lets any value nest. */
export const MAX_DEPTH = 512;

/** The size of the shortest header that holds a string's length in bytes. */
export function stringHeaderSize(length: number): 1 | 2 | 3 | 5 {
  return length < 32 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : 5;
}

/**
 * Where the item at `pos` ends: after the header, if it is a container, so that its first child begins there. May
 * lie past `end`, when the item is cut off. -1: the byte at `pos` begins nothing.
 */
export function itemEnd(view: DataView, pos: number, end: number): number {
  const c = view.getUint8(pos);
  if (c < FIXSTR || c >= NEGATIVE_FIXINT) return pos + 1;
  if (c < NIL) return pos + 1 + (c & 0x1f);
  switch (c) {
    case NIL:
    case FALSE:
    case TRUE:
      return pos + 1;
    case UINT8:
    case INT8:
      return pos + 2;
    case UINT16:
    case INT16:
    case FIXEXT1:
    case ARRAY16:
    case MAP16:
      return pos + 3;
    case FIXEXT2:
      return pos + 4;
    case UINT32:
    case INT32:
    case FLOAT32:
    case ARRAY32:
    case MAP32:
      return pos + 5;
    case FIXEXT4:
      return pos + 6;
    case UINT64:
    case INT64:
    case FLOAT64:
      return pos + 9;
    case FIXEXT8:
      return pos + 10;
    case FIXEXT16:
      return pos + 18;
    case NEVER_USED:
      return -1;
    default:
      return sizedItemEnd(view, pos, end, c);
  }
}

/** The end of an item whose length is written after its format byte. */
function sizedItemEnd(view: DataView, pos: number, end: number, c: number): number {
  const type = c === EXT8 || c === EXT16 || c === EXT32 ? 1 : 0;
  switch (c) {
    case BIN8:
    case EXT8:
    case STR8:
      return end - pos < 2 ? pos + 2 : pos + 2 + type + view.getUint8(pos + 1);
    case BIN16:
    case EXT16:
    case STR16:
      return end - pos < 3 ? pos + 3 : pos + 3 + type + view.getUint16(pos + 1);
    default:
      return end - pos < 5 ? pos + 5 : pos + 5 + type + view.getUint32(pos + 1);
  }
}

/** How many items follow the header at `pos` as its parts; two for an entry of a map. The header is all there. */
export function itemChildren(view: DataView, pos: number): number {
  const c = view.getUint8(pos);
  if (c < FIXMAP || c >= NEGATIVE_FIXINT) return 0;
  if (c < FIXARRAY) return (c & 0x0f) * 2;
  if (c < FIXSTR) return c & 0x0f;
  switch (c) {
    case ARRAY16:
      return view.getUint16(pos + 1);
    case ARRAY32:
      return view.getUint32(pos + 1);
    case MAP16:
      return view.getUint16(pos + 1) * 2;
    case MAP32:
      return view.getUint32(pos + 1) * 2;
    default:
      return 0;
  }
}

/** Whether the item that begins with this byte is a map. */
export function isMap(c: number): boolean {
  return (c & 0xf0) === FIXMAP || c === MAP16 || c === MAP32;
}
