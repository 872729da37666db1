import { GrowingBuffer, Reader } from "@tenon/codec";

/** A value as MessagePack. */
export function pack(value: unknown): Uint8Array {
  const buffer = new GrowingBuffer();
  buffer.begin().value(value);
  return buffer.finish();
}

/** The one value in these bytes. Throws a `CodecError` when they are anything else. */
export function unpack(bytes: Uint8Array): unknown {
  const reader = new Reader().open(bytes);
  const value = reader.value();
  reader.done();
  return value;
}
