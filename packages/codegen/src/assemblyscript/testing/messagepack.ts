/** A number that {@link pack} writes as a float 32. */
export class Float32 {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A number that {@link pack} writes as a float 64, although it may be whole. */
export class Float64 {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/**
 * MessagePack for tests, from the specification, sharing nothing with the code under test. Whole numbers and bigints
 * become integers, other numbers float 64; a map is an object or a list of entries in a `Map`.
 */
export function pack(value: unknown): Uint8Array {
  return Uint8Array.from(packed(value));
}

/** Reads one value, to the last byte. Integers beyond 2^53 - 1 become bigints. */
export function unpack(bytes: Uint8Array): unknown {
  const state = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 };
  const value = read(state);
  if (state.at !== bytes.length) throw new Error(`${bytes.length - state.at} bytes follow the value`);
  return value;
}

function packed(value: unknown): number[] {
  if (value === null) return [0xc0];
  if (typeof value === "boolean") return [value ? 0xc3 : 0xc2];
  if (typeof value === "string") return [...stringHead(utf8(value).length), ...utf8(value)];
  if (value instanceof Float32) return [0xca, ...big(4, (view) => view.setFloat32(0, value.value))];
  if (value instanceof Float64) return float64(value.value);
  if (typeof value === "number" && (!Number.isSafeInteger(value) || Object.is(value, -0)))
    return float64(value);
  if (typeof value === "number" || typeof value === "bigint") return integer(BigInt(value));
  if (value instanceof Uint8Array) return [...sized(value.length, 0xc4), ...value];
  if (Array.isArray(value)) return [...containerHead(value.length, 0x90, 0xdc), ...value.flatMap(packed)];
  const entries = value instanceof Map ? [...value] : Object.entries(value as object);
  return [
    ...containerHead(entries.length, 0x80, 0xde),
    ...entries.flatMap(([k, v]) => [...packed(k), ...packed(v)]),
  ];
}

function float64(value: number): number[] {
  return [0xcb, ...big(8, (view) => view.setFloat64(0, value))];
}

function integer(value: bigint): number[] {
  if (value >= 0n) {
    if (value < 0x80n) return [Number(value)];
    if (value < 0x100n) return [0xcc, Number(value)];
    if (value < 0x10000n) return [0xcd, ...big(2, (view) => view.setUint16(0, Number(value)))];
    if (value < 0x100000000n) return [0xce, ...big(4, (view) => view.setUint32(0, Number(value)))];
    return [0xcf, ...big(8, (view) => view.setBigUint64(0, value))];
  }
  if (value >= -32n) return [Number(value) & 0xff];
  if (value >= -0x80n) return [0xd0, Number(value) & 0xff];
  if (value >= -0x8000n) return [0xd1, ...big(2, (view) => view.setInt16(0, Number(value)))];
  if (value >= -0x80000000n) return [0xd2, ...big(4, (view) => view.setInt32(0, Number(value)))];
  return [0xd3, ...big(8, (view) => view.setBigInt64(0, value))];
}

function stringHead(length: number): number[] {
  return length < 32 ? [0xa0 | length] : sized(length, 0xd9);
}

function containerHead(length: number, fix: number, first: number): number[] {
  if (length < 16) return [fix | length];
  return length < 0x10000 ? sizedBy(2, length, first) : sizedBy(4, length, first + 1);
}

function sized(length: number, first: number): number[] {
  if (length < 0x100) return sizedBy(1, length, first);
  return length < 0x10000 ? sizedBy(2, length, first + 1) : sizedBy(4, length, first + 2);
}

function sizedBy(width: 1 | 2 | 4, length: number, head: number): number[] {
  const bytes = big(4, (view) => view.setUint32(0, length));
  return [head, ...bytes.slice(4 - width)];
}

function big(width: number, set: (view: DataView) => void): number[] {
  const view = new DataView(new ArrayBuffer(width));
  set(view);
  return [...new Uint8Array(view.buffer)];
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

interface State {
  readonly view: DataView;
  at: number;
}

function read(state: State): unknown {
  const { view } = state;
  const head = view.getUint8(state.at++);
  const take = <T>(width: number, get: (at: number) => T): T => {
    const value = get(state.at);
    state.at += width;
    return value;
  };
  const bytes = (length: number): Uint8Array =>
    take(length, (at) => new Uint8Array(view.buffer, view.byteOffset + at, length).slice());
  const text = (length: number): string =>
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes(length));
  const list = (length: number): unknown[] => Array.from({ length }, () => read(state));
  const map = (length: number): unknown => {
    const result: Record<string, unknown> = {};
    for (let i = 0; i < length; i++) {
      const key = String(read(state));
      Object.defineProperty(result, key, {
        value: read(state),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return result;
  };
  const number = (value: bigint): number | bigint =>
    value >= -(2n ** 53n) && value <= 2n ** 53n ? Number(value) : value;
  const u8 = (): number => take(1, (at) => view.getUint8(at));
  const u16 = (): number => take(2, (at) => view.getUint16(at));
  const u32 = (): number => take(4, (at) => view.getUint32(at));
  if (head < 0x80) return head;
  if (head < 0x90) return map(head & 15);
  if (head < 0xa0) return list(head & 15);
  if (head < 0xc0) return text(head & 31);
  if (head >= 0xe0) return head - 256;
  switch (head) {
    case 0xc0:
      return null;
    case 0xc2:
      return false;
    case 0xc3:
      return true;
    case 0xc4:
      return bytes(u8());
    case 0xc5:
      return bytes(u16());
    case 0xc6:
      return bytes(u32());
    case 0xca:
      return take(4, (at) => view.getFloat32(at));
    case 0xcb:
      return take(8, (at) => view.getFloat64(at));
    case 0xcc:
      return u8();
    case 0xcd:
      return u16();
    case 0xce:
      return u32();
    case 0xcf:
      return number(take(8, (at) => view.getBigUint64(at)));
    case 0xd0:
      return take(1, (at) => view.getInt8(at));
    case 0xd1:
      return take(2, (at) => view.getInt16(at));
    case 0xd2:
      return take(4, (at) => view.getInt32(at));
    case 0xd3:
      return number(take(8, (at) => view.getBigInt64(at)));
    case 0xd9:
      return text(u8());
    case 0xda:
      return text(u16());
    case 0xdb:
      return text(u32());
    case 0xdc:
      return list(u16());
    case 0xdd:
      return list(u32());
    case 0xde:
      return map(u16());
    case 0xdf:
      return map(u32());
    default:
      throw new Error(`no MessagePack format: ${head}`);
  }
}
