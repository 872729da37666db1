import type { Field, RecordType } from "@tenon/schema";
import { byLength, type Codec } from "./codec.js";
import { oneLine, quote } from "./comments.js";
import { keyIs, utf8 } from "./constants.js";

/** The parts in which the encodings' record readers differ. */
export interface RecordReader {
  /** Reads the head, and declares the variable of `whileKeys`. */
  readonly open: string;
  /** The condition under which another key follows. */
  readonly anotherKey: string;
  /** The loop over all keys that follow. */
  readonly loop: string;
  /** Says that a field has been read; what the loop does by itself is left out there. */
  readonly next: string;
  /** An expression that passes a key and is true if it comes next, in the form that most writers use. */
  readonly take: (name: string) => string;
}

/** The body of a function that reads a record, up to its end. */
export function readRecord(record: RecordType, name: string, codec: Codec, reader: RecordReader): string {
  const identifiers = codec.types.fields(record);
  const identifier = (field: Field): string => identifiers.get(field.name) ?? field.name;
  const seen = new SeenFields(record);
  const inOrder = record.fields.map(
    (field) => `if (${reader.anotherKey} && ${reader.take(field.name)}) {
// ${oneLine(quote(field.name))}
value.${identifier(field)} = ${codec.readField(field)};
${seen.note(field)}
${reader.next}
}`,
  );
  const cases = byLength(record.fields, (field) => field.name).map(
    ([length, fields]) => `case ${length}:
${fields
  .map(
    (field) => `if (${keyIs(utf8(field.name))}) {
// ${oneLine(quote(field.name))}
value.${identifier(field)} = ${codec.readField(field)};
${seen.note(field)}
continue;
}`,
  )
  .join("\n")}
break;`,
  );
  const unknown = record.closed ? "reader.unknownKey(at, length);" : "";
  return withoutEmptyLines(`const at = Input.position;
const value = reader.blank<${name}>();
${record.fields
  .filter((field) => field.optional)
  .map((field) => `value.${identifier(field)} = null;`)
  .join("\n")}
${reader.open}
${seen.declare()}
${inOrder.length === 0 ? "" : "// The keys in the interface's order, as most writers have them."}
${inOrder.join("\n")}
// Any other order, and other keys.
${reader.loop} {
const length = reader.key();
${cases.length === 0 ? "" : `switch (length) {\n${cases.join("\n")}\n}`}
${unknown}
reader.skip();
}
${seen.check()}`);
}

function withoutEmptyLines(text: string): string {
  return text.replace(/\n\s*\n/g, "\n");
}

/** Which required fields have been read: a bit for each, in as many variables as it takes. */
class SeenFields {
  readonly #required: readonly Field[];
  readonly #width: number;

  constructor(record: RecordType) {
    this.#required = record.fields.filter((field) => !field.optional);
    this.#width = this.#required.length > 32 ? 64 : 32;
  }

  declare(): string {
    return this.#words()
      .map((word) => `let ${this.#variable(word)}: u${this.#width} = 0;`)
      .join("\n");
  }

  note(field: Field): string {
    const index = this.#required.indexOf(field);
    if (index < 0) return "";
    return `${this.#variable(Math.floor(index / this.#width))} |= ${this.#bit(index)};`;
  }

  check(): string {
    return this.#words()
      .map((word) => {
        const fields = this.#required.slice(word * this.#width, (word + 1) * this.#width);
        const all = (1n << BigInt(fields.length)) - 1n;
        const variable = this.#variable(word);
        const tests = fields.map(
          (field, index) =>
            `${index > 0 ? "else " : ""}if (!(${variable} & ${this.#bit(index)})) reader.missing(at, ${quote(field.name)});`,
        );
        const last = fields.at(-1);
        if (last !== undefined)
          tests[fields.length - 1] =
            `${fields.length > 1 ? "else " : ""}reader.missing(at, ${quote(last.name)});`;
        return `if (${variable} != 0x${all.toString(16)}) {\n${tests.join("\n")}\n}`;
      })
      .join("\n");
  }

  #words(): number[] {
    return Array.from({ length: Math.ceil(this.#required.length / this.#width) }, (_, word) => word);
  }

  #variable(word: number): string {
    return word === 0 ? "seen" : `seen${word + 1}`;
  }

  #bit(index: number): string {
    return `0x${(1n << BigInt(index % this.#width)).toString(16)}`;
  }
}
