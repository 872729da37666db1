import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { entries, isObject, own } from "./json.js";
import { interfaceSchema } from "./published-schema.js";

describe("the published schema", () => {
  test("is the same in the package and in schemas/: copy src/interface.schema.json there", () => {
    const published = readFileSync(
      new URL("../../../schemas/interface.schema.json", import.meta.url),
      "utf8",
    );
    const packaged = readFileSync(new URL("./interface.schema.json", import.meta.url), "utf8");
    expect(published).toBe(packaged);
  });

  test("describes every key that a document may have, for editors", () => {
    const lacking: string[] = [];
    const visit = (schema: unknown, path: string) => {
      for (const [key, property] of entries(own(schema, "properties"))) {
        const isCopy = String(own(property, "$ref")).startsWith("#/$defs/schema/properties/");
        if (!isCopy && own(property, "description") === undefined) lacking.push(`${path}/${key}`);
      }
      for (const [key, definition] of entries(own(schema, "$defs"))) {
        if (own(definition, "description") === undefined) lacking.push(`${path}/$defs/${key}`);
        visit(definition, `${path}/$defs/${key}`);
      }
    };
    visit(interfaceSchema, "");
    expect(lacking).toEqual([]);
  });

  test("lets a payload hold what a schema holds, and an encoding", () => {
    const keys = (name: string) => {
      const properties = own(own(own(interfaceSchema, "$defs"), name), "properties");
      return isObject(properties) ? Object.keys(properties) : [];
    };
    expect(keys("payload").sort()).toEqual([...keys("schema"), "encoding"].sort());
  });

  test("uses no keyword whose errors would have no wording", () => {
    const worded = [
      "if",
      "then",
      "else",
      "propertyNames",
      "additionalProperties",
      "required",
      "type",
      "enum",
      "pattern",
    ];
    worded.push("not", "minLength", "uniqueItems", "minItems", "maxItems", "properties", "items", "$ref");
    const silent = ["$schema", "$defs", "title", "description", "examples", "default"];
    const used = new Set<string>();
    const visit = (schema: unknown) => {
      for (const [key, value] of entries(schema)) {
        used.add(key);
        if (key === "properties" || key === "$defs") for (const [, inner] of entries(value)) visit(inner);
        else if (!silent.includes(key)) visit(value);
      }
    };
    visit(interfaceSchema);
    expect([...used].filter((key) => !worded.includes(key) && !silent.includes(key))).toEqual([]);
  });
});
