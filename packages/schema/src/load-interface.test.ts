import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { InterfaceError } from "./diagnostic.js";
import { loadInterface } from "./load-interface.js";
import { normaliseInterface } from "./normalise-interface.js";
import { diagnoseFiles, loadFiles } from "./testing/diagnose.js";

const library = new URL("../fixtures/photo-library.yaml", import.meta.url);

describe("loadInterface", () => {
  test("turns a document with every feature into the IR", async () => {
    const loaded = await loadInterface(library);
    const json = `${JSON.stringify(loaded.interface, null, 2)}\n`;
    await expect(json).toMatchFileSnapshot("../golden/photo-library.json");
  });

  test("gives a document that stands alone: as JSON it normalises to the same", async () => {
    const loaded = await loadInterface(library);
    const embedded = JSON.stringify(loaded.document);
    expect(embedded).not.toMatch(/"\$ref":"[^#]|\$schema/);
    expect(normaliseInterface(JSON.parse(embedded))).toEqual(loaded.interface);
    expect(loaded.files.map((file) => pathToFileURL(file).href)).toEqual([
      library.href,
      new URL("places.json", library).href,
    ]);
  });

  test("puts the encoding that was asked for into both", async () => {
    const text =
      '{ "name": "a", "version": "1.0.0", "encoding": "json", "exports": { "run": { "input": {} } } }';
    const loaded = await loadInterface({ text, uri: "a.json" }, { encoding: "messagepack" });
    expect(loaded.interface.exports[0]?.input?.encoding).toBe("messagepack");
    expect(normaliseInterface(loaded.document)).toEqual(loaded.interface);
  });

  test("reads a text that begins with a byte order mark", async () => {
    const text = '\uFEFF{ "name": "a", "version": "1.0.0", "exports": {} }';
    await expect(loadInterface({ text, uri: "a.json" })).resolves.toMatchObject({ interface: { name: "a" } });
  });

  test.each([
    ["nowhere/a.json", "the file can't be read: there is no such file"],
    ["https://x.example/a.json", "the file can't be read: only local files can be"],
    ["a.toml", "the file can't be read: its name must end in .json, .yaml or .yml"],
  ])("says why it can't read %s", async (path, message) => {
    expect(await diagnoseFiles({}, path)).toEqual([`${path}: ${message}`]);
  });

  test("reads the local file system by itself, and refuses what isn't UTF-8", async () => {
    await expect(loadInterface("there-is-no-such-file.json")).rejects.toThrow("there is no such file");
    const folder = await mkdtemp(join(tmpdir(), "tenon-schema-"));
    try {
      const path = join(folder, "latin1.json");
      await writeFile(path, Buffer.from('{ "name": "gr\u00fcn" }', "latin1"));
      await expect(loadInterface(path)).rejects.toThrow("it isn't UTF-8 text");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("asks for a name that tells the format, also of a text", async () => {
    await expect(loadInterface({ text: "{}", uri: "a.txt" })).rejects.toThrow("its name must end in");
  });
});

describe("positions", () => {
  const json = `{
  "name": "text-tools",
  "version": "1.0",
  "exports": {
    "countVowels": {
      "ouput": { "type": "integer" },
      "input": { "$ref": "#/$defs/Txet" }
    }
  },
  "$defs": {
    "Text": {
      "type": "object",
      "required": ["text"],
      "properties": { "text": { "type": "string", "minLength": 1 } }
    }
  }
}`;
  const yaml = `# A comment.
name: text-tools
version: 1.0.0
exports:
  countVowels:
    ouput: { type: integer }
    input:
      $ref: '#/$defs/Txet'
$defs:
  Text:
    type: object
    required:
      - txt
    properties:
      text: { type: string, minLength: 1 }
`;

  test("are exact in JSON", async () => {
    expect(await diagnoseFiles({ "a.json": json })).toEqual([
      'a.json:3:14 /version: "1.0" isn\'t a semantic version; write it like "1.0.0"',
      'a.json:6:7 /exports/countVowels: unknown key "ouput"; did you mean "output"?',
      'a.json:7:26 /exports/countVowels/input/$ref: the $ref "#/$defs/Txet" leads nowhere; did you mean "Text"?',
      'a.json:14:51 /$defs/Text/properties/text: "minLength" isn\'t supported yet; leave it out',
    ]);
  });

  test("are exact in YAML", async () => {
    expect(await diagnoseFiles({ "a.yaml": yaml })).toEqual([
      'a.yaml:6:5 /exports/countVowels: unknown key "ouput"; did you mean "output"?',
      'a.yaml:8:13 /exports/countVowels/input/$ref: the $ref "#/$defs/Txet" leads nowhere; did you mean "Text"?',
      'a.yaml:13:9 /$defs/Text/required/0: the required field "txt" isn\'t among the properties; did you mean "text"?',
      'a.yaml:15:29 /$defs/Text/properties/text: "minLength" isn\'t supported yet; leave it out',
    ]);
  });

  test("are those of syntax errors and repeated keys too", async () => {
    expect(await diagnoseFiles({ "a.json": '{\r\n  "name": "a",\r\n}' })).toEqual([
      'a.json:3:1: not valid JSON: expected a key in double quotes, not "}"; remove the comma before it',
    ]);
    expect(await diagnoseFiles({ "a.yml": "name: a\nversion: 1.0.0\nexports: {}\nname: b" })).toEqual([
      'a.yml:4:1: the key "name" is there twice',
    ]);
  });

  test("of something that is missing are those of what should hold it", async () => {
    expect(await diagnoseFiles({ "a.yaml": "\nname: a\nexports: {}" })).toEqual([
      'a.yaml:2:1: the key "version" is missing',
    ]);
  });
});

describe("InterfaceError", () => {
  test("lists its diagnostics, and is told apart by its code", async () => {
    const error: unknown = await loadFiles({ "a.json": '{ "name": "a", "version": 1 }' }).catch(
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(InterfaceError);
    expect(error).toMatchObject({
      name: "InterfaceError",
      code: "interface-invalid",
      message: [
        "a.json has 2 problems:",
        '  a.json:1:1: the key "exports" is missing',
        '  a.json:1:27 /version: "version" must be a string, not 1',
      ].join("\n"),
      diagnostics: [
        { file: "a.json", line: 1, column: 1, pointer: "", message: 'the key "exports" is missing' },
        { file: "a.json", line: 1, column: 27, pointer: "/version", value: "1" },
      ],
    });
  });

  test("shows no control character of the document, and no endless name", async () => {
    const name = `\u001b[2J\u202e${"x".repeat(5000)}`;
    const document = { name: "a", version: "1.0.0", exports: {}, $defs: { [name]: { [name]: 1 } } };
    const message = await loadFiles({ "a.json": JSON.stringify(document) }).catch(
      (error: Error) => error.message,
    );
    expect(message).toMatch(/^[\x20-\x7e\n…]{50,1000}$/);
  });
});
