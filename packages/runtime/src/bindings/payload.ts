import { JsonContext, parseJson, type Reader, type Writer } from "@tenon/codec";

export type Encoding = "json" | "messagepack" | "text" | "binary";

/** Writes one value, and nothing else, in one encoding. */
export interface PayloadWriter<T> {
  readonly encoding: Encoding;
  readonly write: (writer: Writer, value: T) => void;
}

/** Reads one value in one encoding. The caller checks that all bytes were used. */
export interface PayloadReader<T> {
  readonly encoding: Encoding;
  /** @param into memory that the value may be put into, where it is bytes. */
  readonly read: (reader: Reader, into?: Uint8Array) => T;
}

export function messagePackWriter<T>(write: (writer: Writer, value: T) => void): PayloadWriter<T> {
  return { encoding: "messagepack", write };
}

export function messagePackReader<T>(read: (reader: Reader) => T): PayloadReader<T> {
  return { encoding: "messagepack", read };
}

export function jsonWriter<T>(toJson: (value: T, context: JsonContext) => string): PayloadWriter<T> {
  const context = new JsonContext();
  return {
    encoding: "json",
    write(writer, value) {
      context.reset();
      writer.utf8(toJson(value, context));
    },
  };
}

/** @param bigints whether the type has 64-bit integers, whose digits `JSON.parse` would round. */
export function jsonReader<T>(
  fromJson: (value: unknown, context: JsonContext) => T,
  bigints = false,
): PayloadReader<T> {
  const context = new JsonContext();
  return {
    encoding: "json",
    read(reader) {
      context.reset();
      return fromJson(parseJson(reader.text(), { bigints }), context);
    },
  };
}

/** The typed error of a failed call: JSON text, whatever the encoding of the operation. */
export function jsonErrorReader<T>(
  fromJson: (value: unknown, context: JsonContext) => T,
  bigints = false,
): (text: string) => T {
  const context = new JsonContext();
  return (text) => {
    context.reset();
    return fromJson(parseJson(text, { bigints }), context);
  };
}

export const textWriter: PayloadWriter<string> = {
  encoding: "text",
  write: (writer, value) => writer.utf8(value),
};

export const textReader: PayloadReader<string> = { encoding: "text", read: (reader) => reader.text() };

export const binaryWriter: PayloadWriter<Uint8Array> = {
  encoding: "binary",
  write: (writer, value) => writer.raw(value),
};

export const binaryReader: PayloadReader<Uint8Array> = {
  encoding: "binary",
  read: (reader, into) => reader.rest(into),
};
