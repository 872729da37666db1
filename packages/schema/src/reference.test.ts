import { describe, expect, test } from "vitest";
import { segments } from "./pointer.js";
import { internalReference, parseReference } from "./reference.js";

describe("parseReference", () => {
  test.each([
    ["#/$defs/Text", { kind: "internal", pointer: "/$defs/Text" }],
    ["#", { kind: "internal", pointer: "" }],
    ["#/$defs/a%20b", { kind: "internal", pointer: "/$defs/a b" }],
    ["./a.yaml#/$defs/X", { kind: "file", path: "./a.yaml", pointer: "/$defs/X" }],
    ["../b%20c.json", { kind: "file", path: "../b c.json", pointer: "" }],
  ])("takes %s apart", (text, reference) => {
    expect(parseReference(text)).toEqual(reference);
  });

  test.each([
    ["https://example.com/a.json", "leads to the network"],
    ["HTTP://example.com/a.json#/x", "leads to the network"],
    ["file:///a.json", "isn't a relative path"],
    ["/etc/a.json", "isn't a relative path"],
    ["..\\a.json", "isn't a relative path"],
    ["../node_modules/x/a.json", "leads into node_modules"],
    ["..%2Fnode_modules/a.json", "leads into node_modules"],
    ["#Text", "names an anchor"],
    ["#/a%2", "is malformed"],
    ["#/a~2", "is malformed"],
  ])("refuses %s: it %s", (text, why) => {
    const message = expect.stringContaining(`the $ref ${JSON.stringify(text)} ${why}`);
    expect(parseReference(text)).toMatchObject({ kind: "refused", message, hint: expect.any(String) });
  });

  test.each(["/$defs/a b", "/$defs/100%", "/$defs/ä~1ö", "/$defs/#x", "/$defs/\ud800"])(
    "reads back %s",
    (pointer) => {
      expect(segments(pointer)).toBeDefined();
      expect(parseReference(internalReference(pointer))).toEqual({ kind: "internal", pointer });
    },
  );
});
