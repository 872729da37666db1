import * as format from "./format.js";

/** What a message says about an item that isn't the one that was expected. */
export interface ItemDescription {
  /** `syntax` for a byte that begins no item; `truncated` where the item isn't all there. */
  readonly kind: "type" | "syntax" | "truncated";
  readonly got: string;
}

/** Names the item at `pos`: its type, and a number's or boolean's value. Contents from a plug-in stay out. */
export function describeItem(view: DataView, pos: number, end: number): ItemDescription {
  if (pos >= end) return { kind: "truncated", got: "end of data" };
  const after = format.itemEnd(view, pos, end);
  if (after < 0) return { kind: "syntax", got: "the invalid byte 0xc1" };
  const c = view.getUint8(pos);
  if (after > end) return { kind: "truncated", got: `${typeName(c)} that is cut off` };
  const value = numberText(view, pos, c);
  return { kind: "type", got: value === "" ? typeName(c) : value };
}

function typeName(c: number): string {
  if (c < format.FIXMAP || c >= format.NEGATIVE_FIXINT) return "integer";
  if (c < format.FIXARRAY || c === format.MAP16 || c === format.MAP32) return "map";
  if (c < format.FIXSTR || c === format.ARRAY16 || c === format.ARRAY32) return "array";
  if (c < format.NIL || (c >= format.STR8 && c <= format.STR32)) return "string";
  if (c === format.NIL) return "nil";
  if (c === format.FALSE || c === format.TRUE) return `boolean ${c === format.TRUE}`;
  if (c >= format.BIN8 && c <= format.BIN32) return "binary";
  if (c === format.FLOAT32 || c === format.FLOAT64) return "float";
  return c >= format.UINT8 && c <= format.INT64 ? "integer" : "extension";
}

function numberText(view: DataView, pos: number, c: number): string {
  if (c < format.FIXMAP) return `integer ${c}`;
  if (c >= format.NEGATIVE_FIXINT) return `integer ${c - 0x100}`;
  switch (c) {
    case format.UINT8:
      return `integer ${view.getUint8(pos + 1)}`;
    case format.UINT16:
      return `integer ${view.getUint16(pos + 1)}`;
    case format.UINT32:
      return `integer ${view.getUint32(pos + 1)}`;
    case format.UINT64:
      return `integer ${view.getBigUint64(pos + 1)}`;
    case format.INT8:
      return `integer ${view.getInt8(pos + 1)}`;
    case format.INT16:
      return `integer ${view.getInt16(pos + 1)}`;
    case format.INT32:
      return `integer ${view.getInt32(pos + 1)}`;
    case format.INT64:
      return `integer ${view.getBigInt64(pos + 1)}`;
    case format.FLOAT32:
      return `float ${view.getFloat32(pos + 1)}`;
    case format.FLOAT64:
      return `float ${view.getFloat64(pos + 1)}`;
    default:
      return "";
  }
}
