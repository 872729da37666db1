import { describe, expect, test } from "vitest";
import { normaliseInterface } from "../normalise-interface.js";
import { diagnoseFiles, loadFiles, typeNames } from "../testing/diagnose.js";

/** A definition whose one export takes what the given `$ref` leads to. */
function root(ref: string, $defs?: unknown): string {
  return JSON.stringify({
    name: "test",
    version: "1.0.0",
    exports: { run: { input: { $ref: ref } } },
    $defs,
  });
}

describe("definitions of other files", () => {
  test("move into the document, and every $ref leads there", async () => {
    const loaded = await loadFiles({
      "api/main.json": root("./types/common.yaml#/$defs/User"),
      "api/types/common.yaml": `
        $defs:
          User: { type: object, properties: { home: { $ref: ../geo.json }, best: { $ref: "#/$defs/User" } } }
          Unused: { minLength: 3 }`,
      "api/geo.json":
        '{ "type": "object", "properties": { "at": { "$ref": "#/$defs/At" } }, "$defs": { "At": {} } }',
    });
    expect(loaded.document).toEqual({
      name: "test",
      version: "1.0.0",
      exports: { run: { input: { $ref: "#/$defs/User" } } },
      $defs: {
        User: {
          type: "object",
          properties: { home: { $ref: "#/$defs/geo" }, best: { $ref: "#/$defs/User" } },
        },
        geo: { type: "object", properties: { at: { $ref: "#/$defs/At" } } },
        At: {},
      },
    });
    expect(typeNames(loaded.interface)).toEqual(["Geo", "User"]);
    expect(loaded.files.map((file) => file.replaceAll("\\", "/"))).toEqual([
      "api/main.json",
      "api/types/common.yaml",
      "api/geo.json",
    ]);
    expect(normaliseInterface(loaded.document)).toEqual(loaded.interface);
  });

  test("get a free name when theirs is taken", async () => {
    const { document } = await loadFiles({
      "main.json": root("a.json#/$defs/Text", { Text: { $ref: "b.json#/$defs/Text" } }),
      "a.json": '{ "$defs": { "Text": { "type": "string" } } }',
      "b.json": '{ "$defs": { "Text": { "type": "integer" } } }',
    });
    expect(document).toMatchObject({
      exports: { run: { input: { $ref: "#/$defs/Text3" } } },
      $defs: { Text: { $ref: "#/$defs/Text2" }, Text2: { type: "integer" }, Text3: { type: "string" } },
    });
  });

  test("may refer back and forth, and to the document itself under another path", async () => {
    const record = (field: string, ref: string) => ({
      type: "object",
      properties: { [field]: { $ref: ref } },
    });
    const { interface: normalised, files } = await loadFiles({
      "api/main.json": root("other.json#/$defs/B", { A: record("b", "other.json#/$defs/B") }),
      "api/other.json": JSON.stringify({ $defs: { B: record("a", "../api/main.json#/$defs/A") } }),
    });
    expect(normalised.types.map(({ name, recursive }) => [name, recursive])).toEqual([
      ["A", true],
      ["B", true],
    ]);
    expect(files).toHaveLength(2);
  });

  test("keep one type for a definition and a pointer into it", async () => {
    const inner = { type: "object", properties: {} };
    const { interface: normalised } = await loadFiles({
      "main.json": root("a.json#/$defs/Outer/properties/inner", { Whole: { $ref: "a.json#/$defs/Outer" } }),
      "a.json": JSON.stringify({ $defs: { Outer: { type: "object", properties: { inner } } } }),
    });
    expect(typeNames(normalised)).toEqual(["OuterInner", "Outer"]);
    expect(normalised.exports[0]?.input?.type).toEqual({ kind: "ref", name: "OuterInner" });
  });

  test("are reported in their own file, at their own pointer", async () => {
    const found = await diagnoseFiles({
      "main.json": root("a.yaml#/$defs/Text"),
      "a.yaml": "$defs:\n  Text:\n    type: object\n    properties:\n      x: { type: strng }\n",
    });
    expect(found).toEqual([
      expect.stringMatching(/^a\.yaml:5:18 \/\$defs\/Text\/properties\/x\/type: "type" must be /),
    ]);
  });
});

describe("a $ref that can't be followed", () => {
  const at = "main.json:1:68 /exports/run/input/$ref:";
  test.each([
    ["a.json", 'can\'t read "a.json": there is no such file'],
    ["a.txt", 'can\'t read "a.txt": its name must end in .json, .yaml or .yml'],
    [
      "https://x.example/a.json",
      'the $ref "https://x.example/a.json" leads to the network; keep a copy beside this file and refer to that',
    ],
    [
      "./node_modules/a/b.json",
      'the $ref "./node_modules/a/b.json" leads into node_modules; that isn\'t supported yet; keep a copy',
    ],
    ["defs.json#/$defs/Txet", 'the $ref "defs.json#/$defs/Txet" leads nowhere; did you mean "Text"?'],
    ["defs.json#/Text", 'the $ref "defs.json#/Text" leads nowhere; did you mean "#/$defs/Text"?'],
    [
      "defs.json",
      'the file of the $ref "defs.json" holds definitions; it isn\'t a schema itself; name one of them, such as "defs.json#/$defs/Text"',
    ],
    [
      "other.json#",
      'the file of the $ref "other.json#" holds definitions; it isn\'t a schema itself; name one of them, such as "other.json#/$defs/Text"',
    ],
  ])("%s: %s", async (ref, message) => {
    const found = await diagnoseFiles({
      "main.json": root(ref),
      "defs.json": '{ "$comment": "x", "$defs": { "Text": {} } }',
      "other.json": root("#/$defs/Text", { Text: {} }),
    });
    expect(found).toEqual([`${at} ${message}`]);
  });

  test("because of a syntax error in its file is that error, once", async () => {
    const found = await diagnoseFiles({
      "main.json": root("a.json#/$defs/X", { Y: { $ref: "a.json#/$defs/Y" } }),
      "a.json": '{\n  "$defs": {,}\n}',
    });
    expect(found).toEqual(['a.json:2:13 /$defs: not valid JSON: expected a key in double quotes, not ","']);
  });
});
