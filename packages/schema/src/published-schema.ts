import schema from "./interface.schema.json" with { type: "json" };

/** The published JSON Schema (2020-12) of an interface definition: what editors complete from and Ajv checks with. */
export const interfaceSchema: Readonly<Record<string, unknown>> = schema;
