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

const string = scalar("string");

/** Small, and with something of everything. */
export const textTools = definition({
  name: "text-tools",
  version: "1.2.0",
  types: [
    named("Text", record({ text: string, "language?": ref("Language") }), {
      description: "A text to look at.",
    }),
    named("Language", enumOf("en", "pt-br")),
    named(
      "VowelReport",
      {
        kind: "record",
        closed: true,
        fields: [
          {
            name: "count",
            description: "How many there are.",
            deprecated: false,
            optional: false,
            type: scalar("uint32"),
          },
          { name: "vowels", deprecated: false, optional: false, type: list(string) },
          { name: "per-letter", deprecated: true, optional: true, type: map(scalar("float64")) },
          { name: "note", deprecated: false, optional: true, type: nullable(string) },
        ],
      },
      { description: "What counting found.\n\nEvery vowel is there once. */" },
    ),
    named("Node", record({ value: any, "next?": ref("Node") }), { recursive: true }),
    named("TextError", record({ reason: string })),
  ],
  exports: [
    operation("countVowels", {
      description: "Counts the vowels of a text.",
      input: payload("messagepack", ref("Text")),
      output: payload("messagepack", ref("VowelReport")),
      errors: payload("json", ref("TextError")),
    }),
    operation("slugify", { input: payload("text", string), output: payload("text", string) }),
    operation("walk", { input: payload("json", ref("Node")) }),
  ],
  imports: [
    operation("lookup", {
      description: "Looks a term up.",
      input: payload("text", string),
      output: payload("messagepack", nullable(string)),
    }),
  ],
});

/** The author's module for {@link textTools}. */
export const textToolsAuthor = `
import { CountVowelsOutcome, host, Node, Text, TextError, VowelReport } from "./generated/text-tools.guest";
export function countVowels(input: Text): CountVowelsOutcome {
  if (!input.text.length) return CountVowelsOutcome.fail(new TextError("empty"));
  return CountVowelsOutcome.ok(new VowelReport(input.text.length, [input.text]));
}
export function slugify(input: string): string {
  const known = host.lookup(input);
  return known === null ? input : known;
}
export function walk(input: Node): void {}
`;
