// What the readers of both encodings share: making objects, telling keys apart, and what can be wrong with a record.

import { expected, fail, Failure } from "./failure";
import { Input, MAX_DEPTH } from "./input";
import { quoted } from "./path";

/** An object of which the caller sets every field at once. */
// @ts-ignore: decorator
@inline
export function blank<T>(): T {
  return changetype<T>(__new(offsetof<T>(), idof<T>()));
}

/** A list of `length` items, all of which the caller sets at once. */
export function blankList<T>(length: i32): Array<T> {
  if (<u32>length > (<u32>1 << (30 - <u32>alignof<T>())) - 64) throw new Error("a list can't be larger than 1 GiB");
  // The list first, as a variable of its type: the incremental collector must not lose the buffer before it is linked.
  const list = changetype<Array<T>>(__new(offsetof<Array<T>>(), idof<Array<T>>()));
  const size = <usize>length << alignof<T>();
  const buffer = __new(size, idof<ArrayBuffer>());
  store<usize>(changetype<usize>(list), buffer, offsetof<Array<T>>("buffer"));
  __link(changetype<usize>(list), buffer, false);
  store<usize>(changetype<usize>(list), buffer, offsetof<Array<T>>("dataStart"));
  store<usize>(changetype<usize>(list), size, offsetof<Array<T>>("byteLength"));
  store<i32>(changetype<usize>(list), length, offsetof<Array<T>>("length_"));
  return list;
}

/** Whether the next bytes, eight at most, are these; if so, they are passed. A value has to follow them. */
// @ts-ignore: decorator
@inline
export function take(bits: u64, length: usize): bool {
  if (!has(0, bits, length)) return false;
  Input.position += length;
  return true;
}

/** Whether these bytes, eight at most, lie at `offset` from the position. */
// @ts-ignore: decorator
@inline
export function has(offset: usize, bits: u64, length: usize): bool {
  if (length == 8) return load<u64>(Input.position + offset) == bits;
  if (length == 4) return load<u32>(Input.position + offset) == <u32>bits;
  if (length == 2) return load<u16>(Input.position + offset) == <u16>bits;
  if (length == 1) return load<u8>(Input.position + offset) == <u8>bits;
  return (load<u64>(Input.position + offset) & (<u64>-1 >> (64 - (length << 3)))) == bits;
}

/** Passes bytes that {@link has} has seen. A value has to follow them. */
// @ts-ignore: decorator
@inline
export function pass(length: usize): bool {
  Input.position += length;
  return true;
}

/** Whether this many bytes are left: fewer than 2^31, as constants are. */
// @ts-ignore: decorator
@inline
export function fits(length: usize): bool {
  return <isize>(Input.end - Input.position) >= <isize>length;
}

/** Whether these bytes, eight at most, lie at `offset` in the key that was read last. */
// @ts-ignore: decorator
@inline
export function keyHas(offset: usize, bits: u64, length: usize): bool {
  if (length == 8) return load<u64>(Input.key + offset) == bits;
  if (length == 4) return load<u32>(Input.key + offset) == <u32>bits;
  if (length == 2) return load<u16>(Input.key + offset) == <u16>bits;
  if (length == 1) return load<u8>(Input.key + offset) == <u8>bits;
  return (load<u64>(Input.key + offset) & (<u64>-1 >> (64 - (length << 3)))) == bits;
}

/** Goes one level down in a type that can contain itself. Answers false where it is too deep. */
export function descend(): bool {
  if (++Input.depth <= MAX_DEPTH) return true;
  Input.depth = 0;
  if (!Failure.active) fail("nested deeper than 512 levels", Input.position);
  return false;
}

/** Comes back from {@link descend}. */
// @ts-ignore: decorator
@inline
export function ascend(): void {
  Input.depth--;
}

/** A record ended without a field that it has to have. */
export function missing(at: usize, name: string): void {
  if (!Failure.active) fail(`expected the field "${name}", which is missing`, at);
}

/** The key read last is not one of a closed record's. */
export function unknownKey(at: usize, length: i32): void {
  if (!Failure.active) fail(`got the unknown field ${quoted(Input.key, length)}`, at);
}

/** The string that {@link word} has read is not one of an enum's. */
export function notOneOf(values: string): void {
  expected(`one of ${values}`, Input.word);
}
