import type { Entry } from "../gen/bench.host.js";

/**
 * The floor: what somebody would write by hand, for this one record and this one plug-in, who knows the direct
 * convention and V8. The bytes are those of the generated binding (a map with keys), and so are the checks: every key
 * in its place, every type, and no read past the end. What it leaves out is everything general: other orders of keys,
 * unknown keys, long or non-ASCII text, ids beyond 32 bits, errors that say where, a plug-in that lies, traps.
 */
export function handWrittenEcho(instance: WebAssembly.Instance): (entry: Entry) => Entry {
  const exports = instance.exports as unknown as {
    memory: WebAssembly.Memory;
    tenon_reserve: (length: number) => number;
    tenon_result: () => number;
    tenon_call_echo: (address: number, length: number) => number;
  };
  const { memory, tenon_reserve: reserve, tenon_call_echo: call } = exports;
  const result = exports.tenon_result();
  let bytes = new Uint8Array(memory.buffer);
  let view = new DataView(memory.buffer);
  let pos = 0;

  function refresh(): void {
    bytes = new Uint8Array(memory.buffer);
    view = new DataView(memory.buffer);
  }

  function writeText(text: string): void {
    const { length } = text;
    if (length > 31) throw new RangeError("too long for this floor");
    bytes[pos++] = 0xa0 | length;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) throw new RangeError("not ASCII");
      bytes[pos++] = unit;
    }
  }

  function readText(end: number): string {
    const length = (bytes[pos] as number) - 0xa0;
    if (length < 0 || length > 31 || pos + 1 + length > end) throw new TypeError("expected string");
    pos++;
    let text = "";
    for (const stop = pos + length; pos < stop; pos++) {
      const unit = bytes[pos] as number;
      if (unit > 0x7f) throw new RangeError("not ASCII");
      text += String.fromCharCode(unit);
    }
    return text;
  }

  function writeId(id: number): void {
    if (id >>> 0 !== id) throw new RangeError("not an unsigned integer of 32 bits");
    if (id < 0x80) {
      bytes[pos++] = id;
    } else if (id < 0x100) {
      view.setUint16(pos, 0xcc00 | id);
      pos += 2;
    } else if (id < 0x10000) {
      bytes[pos] = 0xcd;
      view.setUint16(pos + 1, id);
      pos += 3;
    } else {
      bytes[pos] = 0xce;
      view.setUint32(pos + 1, id);
      pos += 5;
    }
  }

  function readId(end: number): number {
    if (pos + 5 > end) throw new TypeError("expected id");
    const tag = bytes[pos] as number;
    if (tag < 0x80) {
      pos += 1;
      return tag;
    }
    if (tag === 0xce) {
      pos += 5;
      return view.getUint32(pos - 4);
    }
    if (tag === 0xcd) {
      pos += 3;
      return view.getUint16(pos - 2);
    }
    if (tag !== 0xcc) throw new TypeError("expected id");
    pos += 2;
    return bytes[pos - 1] as number;
  }

  function write(entry: Entry): void {
    view.setUint32(pos, 0x85a26964); // map of 5, "id"
    pos += 4;
    writeId(entry.id);
    view.setUint32(pos, 0xa46e616d); // "name"
    bytes[pos + 4] = 0x65;
    pos += 5;
    writeText(entry.name);
    view.setUint32(pos, 0xa4746167); // "tags"
    bytes[pos + 4] = 0x73;
    pos += 5;
    const { tags } = entry;
    bytes[pos++] = 0x90 | tags.length;
    for (let i = 0; i < tags.length; i++) writeText(tags[i] as string);
    view.setUint32(pos, 0xa573636f); // "score"
    view.setUint16(pos + 4, 0x7265);
    bytes[pos + 6] = 0xcb;
    view.setFloat64(pos + 7, entry.score);
    pos += 15;
    view.setUint32(pos, 0xa6616374); // "active"
    view.setUint16(pos + 4, 0x6976);
    bytes[pos + 6] = 0x65;
    bytes[pos + 7] = entry.active ? 0xc3 : 0xc2;
    pos += 8;
  }

  function read(end: number): Entry {
    if (pos + 4 > end || view.getUint32(pos) !== 0x85a26964) throw new TypeError("expected id");
    pos += 4;
    const id = readId(end);
    if (pos + 6 > end || view.getUint32(pos) !== 0xa46e616d || bytes[pos + 4] !== 0x65)
      throw new TypeError("expected name");
    pos += 5;
    const name = readText(end);
    if (pos + 6 > end || view.getUint32(pos) !== 0xa4746167 || bytes[pos + 4] !== 0x73)
      throw new TypeError("expected tags");
    pos += 5;
    const count = (bytes[pos++] as number) - 0x90;
    if (count < 0 || count > 15) throw new TypeError("expected array");
    const tags: string[] = [];
    for (let i = 0; i < count; i++) tags.push(readText(end));
    if (
      pos + 23 > end ||
      view.getUint32(pos) !== 0xa573636f ||
      view.getUint16(pos + 4) !== 0x7265 ||
      bytes[pos + 6] !== 0xcb
    ) {
      throw new TypeError("expected score");
    }
    const score = view.getFloat64(pos + 7);
    pos += 15;
    const flag = bytes[pos + 7];
    if (
      view.getUint32(pos) !== 0xa6616374 ||
      view.getUint16(pos + 4) !== 0x6976 ||
      bytes[pos + 6] !== 0x65 ||
      (flag !== 0xc2 && flag !== 0xc3)
    ) {
      throw new TypeError("expected active");
    }
    pos += 8;
    if (pos !== end) throw new TypeError("expected the end");
    return { id, name, tags, score, active: flag === 0xc3 };
  }

  return (entry) => {
    const address = reserve(256) >>> 0;
    if (bytes.length === 0) refresh();
    pos = address;
    write(entry);
    if (call(address, pos - address) !== 0) throw new Error("the plug-in failed");
    if (bytes.length === 0) refresh();
    pos = view.getUint32(result, true);
    const end = pos + view.getUint32(result + 4, true);
    if (end > bytes.length) throw new RangeError("outside memory");
    return read(end);
  };
}
