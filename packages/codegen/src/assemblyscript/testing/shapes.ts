import type { Interface, NamedType, Type } from "@tenon/schema";
import { Types } from "../types.js";
import {
  any,
  definition,
  enumOf,
  list,
  map,
  named,
  nullable,
  operation,
  payload,
  record,
  ref,
  scalar,
} from "./interfaces.js";

const text = scalar("string");

/** Declared types of every kind. */
const types: readonly NamedType[] = [
  named(
    "Item",
    record({
      id: scalar("integer"),
      name: text,
      tags: list(text),
      score: scalar("float64"),
      active: scalar("boolean"),
    }),
  ),
  named(
    "Scalars",
    record({
      text: text,
      flag: scalar("boolean"),
      whole: scalar("integer"),
      i8: scalar("int8"),
      i16: scalar("int16"),
      i32: scalar("int32"),
      i64: scalar("int64"),
      u8: scalar("uint8"),
      u16: scalar("uint16"),
      u32: scalar("uint32"),
      u64: scalar("uint64"),
      f32: scalar("float32"),
      f64: scalar("float64"),
      bytes: scalar("bytes"),
      when: scalar("date-time"),
    }),
  ),
  named("Color", enumOf("red", "dark green", "delete", "", "blå")),
  named(
    "Options",
    record({
      "first?": text,
      "count?": scalar("int32"),
      required: text,
      nullableText: nullable(text),
      nullableCount: nullable(scalar("float64")),
      "both?": nullable(text),
      "bothCount?": nullable(scalar("uint8")),
      "color?": ref("Color"),
      nullableColor: nullable(ref("Color")),
      "any?": any,
      "item?": ref("Item"),
      "bothItem?": nullable(ref("Item")),
    }),
  ),
  named("AllOptional", record({ "a?": scalar("int32"), "b?": text })),
  named("Empty", record({})),
  named("Closed", record({ x: scalar("int32"), "y?": scalar("int32") }, true)),
  named("Tree", record({ value: scalar("int32"), children: list(ref("Tree")), "next?": ref("Tree") }), {
    recursive: true,
  }),
  named(
    "Odd",
    record({
      class: text,
      "with space": text,
      é: text,
      "": text,
      string: text,
      value: text,
      'quo"te\\': text,
      aVeryLongNameOfAFieldThatNeedsMoreThanOneWideLoadToCompareInTheReaderAndTheWriter: text,
      seventeenBytesOk1: text,
    }),
  ),
  named("Wide", record(Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`f${n}`, scalar("uint8")])))),
  named("Map", record({ inner: text })),
  named("Ids", list(scalar("int64"))),
  named("MaybeText", nullable(text)),
  named(
    "UsesAliases",
    record({ ids: ref("Ids"), maybe: ref("MaybeText"), "maybeNot?": ref("MaybeText"), own: ref("Map") }),
  ),
];

/** Types that are echoed, by the name of the export that does it. */
export const SHAPES: Readonly<Record<string, Type>> = {
  item: ref("Item"),
  items: list(ref("Item")),
  scalars: ref("Scalars"),
  color: ref("Color"),
  options: ref("Options"),
  allOptional: ref("AllOptional"),
  empty: ref("Empty"),
  closed: ref("Closed"),
  tree: ref("Tree"),
  odd: ref("Odd"),
  wide: ref("Wide"),
  aliases: ref("UsesAliases"),
  any,
  text,
  bytes: scalar("bytes"),
  float32: scalar("float32"),
  float64: scalar("float64"),
  int64: scalar("int64"),
  uint64: scalar("uint64"),
  integer: scalar("integer"),
  uint8: scalar("uint8"),
  boolean: scalar("boolean"),
  nullableInt: nullable(scalar("int32")),
  texts: list(text),
  matrix: list(list(scalar("float64"))),
  maybeTexts: list(nullable(text)),
  maybeInts: list(nullable(scalar("int32"))),
  colors: list(ref("Color")),
  numbers: map(scalar("float64")),
  nested: map(list(map(nullable(ref("Item"))))),
  anys: list(any),
};

/** An interface that echoes every shape in both encodings, and text and bytes as they are. */
export const echoInterface: Interface = definition({
  name: "echo",
  types,
  exports: [
    ...Object.entries(SHAPES).flatMap(([name, type]) =>
      (["messagepack", "json"] as const).map((encoding) =>
        operation(`${name}_${encoding}`, { input: payload(encoding, type), output: payload(encoding, type) }),
      ),
    ),
    operation("text", { input: payload("text", text), output: payload("text", text) }),
    operation("binary", {
      input: payload("binary", scalar("bytes")),
      output: payload("binary", scalar("bytes")),
    }),
  ],
});

/** The author's module for {@link echoInterface}. */
export function echoAuthor(): string {
  const table = new Types(echoInterface);
  const functions = echoInterface.exports.map(({ name, input }) => {
    const type = input === undefined ? "void" : table.text(input.type);
    return `export function ${name}(input: ${type}): ${type} { return input; }`;
  });
  const names = types.map((type) => table.identifier(type.name));
  return `import { Box, Value, ${names.join(", ")} } from "./generated/echo.guest";\n${functions.join("\n")}\n`;
}
