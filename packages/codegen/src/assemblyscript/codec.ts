import type { Field, Interface, Payload, RecordType, Type } from "@tenon/schema";
import { assignIdentifiers } from "../names.js";
import { enumMembers } from "./classes.js";
import { quote } from "./comments.js";
import { keyIs, utf8 } from "./constants.js";
import { LOCALS } from "./reserved.js";
import { isDeclared, type Types } from "./types.js";

/** What makes one encoding's codec functions: the parts that the encodings do not share. */
export interface Dialect {
  readonly encoding: "messagepack" | "json";
  readonly readRecord: (record: RecordType, name: string, codec: Codec) => string;
  readonly writeRecord: (record: RecordType, codec: Codec) => string;
  readonly readList: (items: Type, codec: Codec) => string;
  readonly writeList: (items: Type, codec: Codec) => string;
  readonly readMap: (values: Type, codec: Codec) => string;
  readonly writeMap: (values: Type, codec: Codec) => string;
  /** Statements that write an enum's value. */
  readonly writeConstant: (text: string) => string;
}

/** The codec functions of one encoding: those that payloads reach, in the order in which they are first reached. */
export class Codec {
  readonly types: Types;
  readonly #dialect: Dialect;
  readonly #functions = new Map<string, string>();

  constructor(types: Types, dialect: Dialect) {
    this.types = types;
    this.#dialect = dialect;
  }

  /** The text of all functions that have been asked for. */
  get text(): string {
    return [...this.#functions.values()].join("\n\n");
  }

  get isEmpty(): boolean {
    return this.#functions.size === 0;
  }

  /** The function that reads a type, made when it is first asked for. */
  reader(type: Type): string {
    return this.#function(`read${this.types.codec(type)}`, (name) => {
      const text = this.types.text(type);
      return `/** Reads ${describe(text)}. */\nexport function ${name}(): ${text} {\n${this.#readBody(type, name)}\n}`;
    });
  }

  /** The function that writes a type, made when it is first asked for. */
  writer(type: Type): string {
    return this.#function(`write${this.types.codec(type)}`, (name) => {
      const text = this.types.text(type);
      return `/** Writes ${describe(text)}. */\nexport function ${name}(value: ${text}): void {\n${this.#writeBody(type)}\n}`;
    });
  }

  /** An expression that reads a value: a scalar without a function of its own. */
  read(type: Type): string {
    const shape = this.types.resolve(type);
    if (shape.kind === "scalar") return `reader.${method(shape.scalar)}()`;
    if (shape.kind === "any") return "values.readAny()";
    return `${this.reader(type)}()`;
  }

  /** A statement that writes the value of an expression. */
  write(type: Type, value: string): string {
    const shape = this.types.resolve(type);
    if (shape.kind === "scalar") return `writer.${method(shape.scalar)}(${value});`;
    if (shape.kind === "any") return `values.writeAny(${value});`;
    return `${this.writer(type)}(${value});`;
  }

  /** What an optional field is set to when it is there. */
  readField(field: Field): string {
    const value = this.read(field.type);
    return field.optional && this.types.isBoxed(field)
      ? `new Box<${this.types.text(field.type)}>(${value})`
      : value;
  }

  /** A statement that writes an optional field that is there, from the local variable that holds it. */
  writePresent(field: Field, local: string): string {
    return this.write(field.type, this.types.isBoxed(field) ? `${local}.value` : local);
  }

  /** The names of the local variables that hold optional fields, by field. */
  locals(record: RecordType): ReadonlyMap<string, string> {
    return assignIdentifiers(
      record.fields.map((field) => field.name),
      LOCALS,
    );
  }

  #function(name: string, make: (name: string) => string): string {
    if (!this.#functions.has(name)) {
      // Before its text: a recursive type asks for its own function.
      this.#functions.set(name, "");
      this.#functions.set(name, make(name));
    }
    return name;
  }

  #readBody(type: Type, name: string): string {
    const shape = this.types.resolve(type);
    switch (shape.kind) {
      case "record": {
        const identifier = this.types.text(type);
        const body = this.#dialect.readRecord(shape, identifier, this);
        if (!this.#isRecursive(type)) return `${body}\nreturn value;`;
        return `if (!reader.descend()) return changetype<${identifier}>(0);\n${body}\nreader.ascend();\nreturn value;`;
      }
      case "enum":
        return this.#readEnum(shape.values, this.types.text(type), type);
      case "list":
        return this.#dialect.readList(shape.items, this);
      case "map":
        return this.#dialect.readMap(shape.values, this);
      case "nullable": {
        const value = this.read(shape.type);
        const boxed = this.types.isBoxedNullable(shape)
          ? `new Box<${this.types.text(shape.type)}>(${value})`
          : value;
        return `return reader.nil() ? null : ${boxed};`;
      }
      default:
        if (name === "") throw new Error("unreachable");
        return `return ${this.read(type)};`;
    }
  }

  #writeBody(type: Type): string {
    const shape = this.types.resolve(type);
    switch (shape.kind) {
      case "record": {
        const body = this.#dialect.writeRecord(shape, this);
        return this.#isRecursive(type) ? `if (!writer.descend()) return;\n${body}\nwriter.ascend();` : body;
      }
      case "enum":
        return this.#writeEnum(type);
      case "list":
        return this.#dialect.writeList(shape.items, this);
      case "map":
        return this.#dialect.writeMap(shape.values, this);
      case "nullable": {
        const value = this.types.isBoxedNullable(shape) ? "value.value" : "value";
        return `if (value === null) writer.nil();\nelse ${this.write(shape.type, value)}`;
      }
      default:
        return this.write(type, "value");
    }
  }

  #readEnum(values: readonly string[], name: string, type: Type): string {
    const shape = this.types.resolve(type);
    if (shape.kind !== "enum") throw new Error("unreachable");
    const members = enumMembers(shape);
    const cases = byLength(values, (value) => value).map(
      ([length, group]) =>
        `case ${length}:\n${group
          .map((value) => `if (${keyIs(utf8(value))}) return ${name}.${members.get(value)};`)
          .join("\n")}\nbreak;`,
    );
    return `switch (reader.word()) {
${cases.join("\n")}
}
reader.notOneOf(${quote(values.map((value) => JSON.stringify(value)).join(", "))});
return 0;`;
  }

  #writeEnum(type: Type): string {
    const shape = this.types.resolve(type);
    if (shape.kind !== "enum") throw new Error("unreachable");
    const name = this.types.text(type);
    const members = enumMembers(shape);
    return `switch (value) {
${shape.values.map((value) => `case ${name}.${members.get(value)}:\n${this.#dialect.writeConstant(value)}\nbreak;`).join("\n")}
default:
writer.refuse(\`expected ${name}, got \${value}\`);
}`;
  }

  #isRecursive(type: Type): boolean {
    return type.kind === "ref" && isDeclared(this.types.named(type.name).type)
      ? this.types.named(type.name).recursive
      : type.kind === "ref" && this.#isRecursive(this.types.named(type.name).type);
  }
}

/** The payloads that a guest reads and writes. Errors are JSON whatever their operation's encoding. */
export function guestUses(definition: Interface): { read: Payload[]; write: Payload[] } {
  const read: Payload[] = [];
  const write: Payload[] = [];
  for (const { input, output, errors } of definition.exports) {
    if (input !== undefined) read.push(input);
    if (output !== undefined) write.push(output);
    if (errors !== undefined) write.push({ ...errors, encoding: "json" });
  }
  for (const { input, output } of definition.imports) {
    if (input !== undefined) write.push(input);
    if (output !== undefined) read.push(output);
  }
  return { read, write };
}

/** Things grouped by the UTF-8 length of their names, the shortest first. */
export function byLength<T>(things: readonly T[], name: (thing: T) => string): [number, T[]][] {
  const groups = new Map<number, T[]>();
  for (const thing of things) {
    const { length } = utf8(name(thing));
    groups.set(length, [...(groups.get(length) ?? []), thing]);
  }
  return [...groups].sort(([a], [b]) => a - b);
}

function method(scalar: string): string {
  if (scalar === "string" || scalar === "date-time") return "text";
  return scalar;
}

function describe(text: string): string {
  return `\`${text}\``;
}
