import type { EnumType, Field, Interface, NamedType, Operation, Payload, RecordType } from "@tenon/schema";
import { assignIdentifiers, pascalCase } from "../names.js";
import { docComment, quote } from "./comments.js";
import { ENUM_MEMBERS, TYPE_NAMES } from "./reserved.js";
import type { Types } from "./types.js";

/** The declarations of an interface's named types: classes, enums, and aliases for all others. */
export function emitTypes(definition: Interface, types: Types): string {
  return definition.types.map((type) => emitType(type, types)).join("\n\n");
}

/** The class that a function returns whose failures carry details. */
export function emitOutcome(operation: Operation, name: string, types: Types): string {
  const { output, errors } = operation;
  if (errors === undefined) throw new Error("only an operation with errors has an outcome");
  const value = output === undefined ? undefined : slot("value", output, types);
  const error = slot("error", errors, types);
  const fields = [value?.field, error.field].filter((field) => field !== undefined).join("\n");
  return `${docComment(`What \`${operation.name}\` returns: a result, or an error that its caller can act on.`)}@final
export class ${name} {
  private constructor(
    /** Whether this is an error. */
    readonly failed: bool,
    ${fields}
  ) {}

  /** The function has succeeded. */
  static ok(${value === undefined ? "" : `value: ${value.type}`}): ${name} {
    return new ${name}(false, ${value === undefined ? "" : "value, "}${error.none});
  }

  /** The function has failed. The instance lives on, and the host gets the details. */
  static fail(error: ${error.type}): ${name} {
    return new ${name}(true, ${value === undefined ? "" : `${value.none}, `}error);
  }
}`;
}

/** The names of the outcome classes, by operation. */
export function outcomeNames(definition: Interface, types: Types): ReadonlyMap<string, string> {
  const declared = definition.types.map((type) => types.identifier(type.name));
  const operations = definition.exports.filter((operation) => operation.errors !== undefined);
  const wanted = operations.map((operation) => ({ operation, name: `${pascalCase(operation.name)}Outcome` }));
  const result = new Map<string, string>();
  const taken = new Set([...TYPE_NAMES, ...declared]);
  for (const { operation, name } of wanted) {
    let free = name;
    for (let n = 2; taken.has(free); n++) free = `${name}${n}`;
    taken.add(free);
    result.set(operation.name, free);
  }
  return result;
}

/** An enum's members' identifiers, by value. */
export function enumMembers(type: EnumType): ReadonlyMap<string, string> {
  return assignIdentifiers(type.values, ENUM_MEMBERS);
}

function slot(name: string, payload: Payload, types: Types): { type: string; field: string; none: string } {
  const type = types.text(payload.type);
  if (!types.isReference(payload.type))
    return { type, field: `readonly ${name}: ${type},`, none: zero(type) };
  const nullable = types.resolve(payload.type).kind === "nullable" ? type : `${type} | null`;
  return { type, field: `readonly ${name}: ${nullable},`, none: "null" };
}

function zero(type: string): string {
  return type === "bool" ? "false" : "0";
}

function emitType(named: NamedType, types: Types): string {
  const name = types.identifier(named.name);
  const doc = docComment(
    named.description,
    name !== named.name && `Called \`${named.name}\` in the interface.`,
    named.deprecated && "@deprecated",
  );
  if (named.type.kind === "record") return `${doc}${emitClass(name, named.type, types)}`;
  if (named.type.kind === "enum") return `${doc}${emitEnum(name, named.type)}`;
  return `${doc}export type ${name} = ${types.text(named.type)};`;
}

function emitClass(name: string, record: RecordType, types: Types): string {
  const identifiers = types.fields(record);
  const identifier = (field: Field): string => identifiers.get(field.name) ?? field.name;
  const fields = record.fields.map((field) => {
    const doc = docComment(
      field.description,
      identifier(field) !== field.name && `Called ${quote(field.name)} in the interface.`,
      field.deprecated && "@deprecated",
    );
    return `${doc}${identifier(field)}: ${types.field(field)}${field.optional ? " = null" : ""};`;
  });
  const required = record.fields.filter((field) => !field.optional);
  return `@final\nexport class ${name} {
${fields.join("\n")}
${required.length === 0 ? "" : emitConstructor(required, identifier, types)}
}`;
}

function emitConstructor(
  required: readonly Field[],
  identifier: (field: Field) => string,
  types: Types,
): string {
  const parameters = required.map((field) => `${identifier(field)}: ${types.text(field.type)}`);
  const assignments = required.map((field) => `this.${identifier(field)} = ${identifier(field)};`);
  return `
constructor(${parameters.join(", ")}) {
${assignments.join("\n")}
}`;
}

function emitEnum(name: string, type: EnumType): string {
  const members = enumMembers(type);
  const member = (value: string): string => members.get(value) ?? value;
  const list = type.values.map((value) => {
    const doc = member(value) === value ? "" : docComment(`Called ${quote(value)} in the interface.`);
    return `${doc}${member(value)},`;
  });
  return `export enum ${name} {
${list.join("\n")}
}

export namespace ${name} {
  /** The name that a value has in the interface. */
  export function text(value: ${name}): string {
    switch (value) {
${type.values.map((value) => `case ${name}.${member(value)}: return ${quote(value)};`).join("\n")}
      default: throw new Error(\`\${value} is not a ${name}\`);
    }
  }

  /** The value with this name in the interface, or -1 when there is none. */
  export function parse(text: string): i32 {
${type.values.map((value) => `if (text == ${quote(value)}) return ${name}.${member(value)};`).join("\n")}
    return -1;
  }
}`;
}
