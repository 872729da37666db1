import type { Reader, Writer } from "@tenon/codec";
import type { Payload } from "@tenon/schema";
import { readJsonValue, writeJsonValue } from "./json-values.js";
import { readMessagePackValue, writeMessagePackValue } from "./messagepack-values.js";
import type { TypeTable } from "./type-table.js";

/** Writes a payload's value in its encoding. */
export function payloadWriter(payload: Payload, types: TypeTable) {
  const { encoding, type } = payload;
  const write = (writer: Writer, value: unknown): void => {
    switch (encoding) {
      case "messagepack":
        return writeMessagePackValue(writer, value, type, types);
      case "json":
        return writer.utf8(writeJsonValue(value, type, types));
      // The writer checks what it is given.
      case "text":
        return writer.utf8(value as string);
      case "binary":
        return writer.raw(value as Uint8Array);
    }
  };
  return { encoding, write };
}

/** Reads a payload's value from its encoding. */
export function payloadReader(payload: Payload, types: TypeTable) {
  const { encoding, type } = payload;
  const read = (reader: Reader): unknown => {
    switch (encoding) {
      case "messagepack":
        return readMessagePackValue(reader, type, types);
      case "json":
        return readJsonValue(reader.text(), type, types);
      case "text":
        return reader.text();
      case "binary":
        return reader.rest();
    }
  };
  return { encoding, read };
}
