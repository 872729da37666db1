import type { Interface, NamedType, Scalar, Type } from "@tenon/schema";
import { compile } from "json-schema-to-typescript";
import { Project } from "ts-morph";
import type { ModuleNames } from "./module-names.js";

type Dates = Interface["dates"];

/** The declarations of an interface's named types, as TypeScript text. */
export async function typeDeclarations(definition: Interface, names: ModuleNames): Promise<string> {
  if (definition.types.length === 0) return "";
  const root = names.claim("Root");
  const definitions = Object.fromEntries(
    definition.types.map((type) => [names.type(type.name), toSchema(type, definition.dates, names)]),
  );
  const text = await compile(
    { title: root, type: "object", additionalProperties: false, definitions },
    root,
    {
      bannerComment: "",
      // The whole module is formatted at the end.
      format: false,
      unreachableDefinitions: true,
      // It would spell some names its own way (`Mode2a` as `Mode2A`); ours are identifiers already.
      customName: (_, key) => key,
    },
  );
  return withoutRoot(text, root);
}

/** A type as it is written in a signature: `Text[]`, `Record<string, bigint>`, `string | null`. */
export function typeText(type: Type, dates: Dates, names: ModuleNames): string {
  switch (type.kind) {
    case "scalar":
      return scalarText(type.scalar, dates);
    case "ref":
      return names.type(type.name);
    case "list": {
      const items = typeText(type.items, dates, names);
      return type.items.kind === "nullable" ? `(${items})[]` : `${items}[]`;
    }
    case "map":
      return `Record<string, ${typeText(type.values, dates, names)}>`;
    case "nullable":
      return `${typeText(type.type, dates, names)} | null`;
    case "any":
      return "unknown";
    case "record":
    case "enum":
      throw new Error(`a ${type.kind} has a name of its own`);
  }
}

function scalarText(scalar: Scalar, dates: Dates): string {
  switch (scalar) {
    case "string":
      return "string";
    case "date-time":
      return dates === "Date" ? "Date" : "string";
    case "boolean":
      return "boolean";
    case "int64":
    case "uint64":
      return "bigint";
    case "bytes":
      return "Uint8Array";
    case "integer":
    case "int8":
    case "int16":
    case "int32":
    case "uint8":
    case "uint16":
    case "uint32":
    case "float32":
    case "float64":
      return "number";
  }
}

type JsonSchema = Parameters<typeof compile>[0];

/** The IR back as the schema that json-schema-to-typescript reads; `tsType` says what JSON Schema can't. */
function toSchema(named: NamedType, dates: Dates, names: ModuleNames): JsonSchema {
  const renamed =
    names.type(named.name) === named.name ? undefined : `Named "${named.name}" in the interface.`;
  const description = [named.description, renamed].filter((text) => text !== undefined).join("\n\n");
  return { ...shapeSchema(named.type, dates, names), ...notes(description || undefined, named.deprecated) };
}

function shapeSchema(type: Type, dates: Dates, names: ModuleNames): JsonSchema {
  switch (type.kind) {
    case "record":
      return {
        type: "object",
        additionalProperties: false,
        required: type.fields.filter((field) => !field.optional).map((field) => field.name),
        properties: Object.fromEntries(
          type.fields.map((field) => [
            field.name,
            { ...shapeSchema(field.type, dates, names), ...notes(field.description, field.deprecated) },
          ]),
        ),
      };
    case "enum":
      return { type: "string", enum: [...type.values] };
    case "ref":
      // A $ref would take no description beside it, and a field's own words matter.
      return { tsType: names.type(type.name) };
    default:
      return { tsType: typeText(type, dates, names) };
  }
}

function notes(description: string | undefined, deprecated: boolean): JsonSchema {
  return { ...(description === undefined ? {} : { description }), ...(deprecated ? { deprecated } : {}) };
}

/** Takes away what stands for the document itself, and the remarks on who refers to what. */
function withoutRoot(text: string, root: string): string {
  const file = new Project({ useInMemoryFileSystem: true }).createSourceFile("types.ts", text);
  file.getInterfaceOrThrow(root).remove();
  const remark =
    /(\n \* ?)*\n \* This interface was referenced by `[^`]*`'s JSON-Schema\n \* via the `definition` "[^"]*"\.(?=\n \*\/)/g;
  return file
    .getFullText()
    .replace(remark, "")
    .replace(/\/\*\*\n \*\/\n/g, "");
}
