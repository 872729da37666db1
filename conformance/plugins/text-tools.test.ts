import type { Call, Case, Expectation } from "../src/case.js";
import { conform } from "../src/conform.js";
import { table } from "../src/host-functions.js";
import { pack } from "../src/messagepack.js";

// Plug-ins that Tenon built, in AssemblyScript and in TypeScript, in both encodings of their interface: the same cases,
// written as values.
for (const [example, unreadable] of [
  ["text-tools", "input"],
  ["text-tools-typescript", "SyntaxError: $: "],
] as const) {
  for (const encoding of ["json", "messagepack"] as const) {
    conform({
      name: `${example}-${encoding}`,
      wasm: `../examples/${example}/build/${encoding}.wasm`,
      build: `run \`npm run build\` in examples/${example}`,
      cases: cases(encoding, unreadable),
    });
  }
}

/** `unreadable` is what each language says of input that is not even of its encoding. */
function cases(encoding: "json" | "messagepack", unreadable: string): Case[] {
  const encode = encoding === "json" ? (value: unknown) => JSON.stringify(value) : pack;
  const returns = (value: unknown): Expectation =>
    encoding === "json" ? { json: value } : { messagepack: value };
  const call = (name: string, input: unknown, outcome: Expectation): Call => ({
    export: name,
    input: encode(input),
    ...outcome,
  });

  const functions = [
    table("lookup", encoding, { whale: { word: "whale", synonyms: ["leviathan", "cetacean"] } }),
  ];
  const text = "The whale rose.\n  A leviathan, the harpooneer said.\nWhales!";
  const found = (term: string, line: number, column: number, excerpt: string) => ({
    term,
    line,
    column,
    excerpt,
  });
  const first = found("whale", 1, 5, "The whale rose.");
  const second = found("leviathan", 2, 5, "A leviathan, the harpooneer said.");
  const third = found("whale", 3, 1, "Whales!");
  const terms = ["whale", "leviathan", "cetacean"];

  const described: Case[] = [
    {
      name: "countVowels: a record with a map and a fraction",
      calls: [
        call("countVowels", { text: "hello" }, returns({ count: 2, perVowel: { e: 1, o: 1 }, share: 0.4 })),
        call("countVowels", { text: "" }, returns({ count: 0, perVowel: {}, share: 0 })),
        call(
          "countVowels",
          { text: "Žluťoučký kůň 🐋" },
          returns({ count: 3, perVowel: { u: 2, o: 1 }, share: 0.1875 }),
        ),
      ],
    },
    {
      name: "countVowels: fields in any order, and one that it doesn't know",
      calls: [
        call(
          "countVowels",
          { later: [1, { a: null }], text: "aa" },
          returns({ count: 2, perVowel: { a: 2 }, share: 1 }),
        ),
      ],
    },
    {
      name: "wordFrequencies: a map whose keys are data",
      calls: [
        call(
          "wordFrequencies",
          { text: "the whale, The sea; the ship" },
          returns({ the: 3, whale: 1, sea: 1, ship: 1 }),
        ),
        call("wordFrequencies", { text: "the whale, The sea", minLength: 4 }, returns({ whale: 1 })),
      ],
    },
    {
      name: "slugify: plain text in every encoding",
      calls: [
        {
          export: "slugify",
          input: "The Whiteness of the Whale: Chapter 42!",
          output: "the-whiteness-of-the-whale-chapter-42",
        },
      ],
    },
    {
      name: "search: asks the host for synonyms",
      calls: [
        call(
          "search",
          { text, term: "whale", mode: "anywhere" },
          returns({ total: 3, terms, matches: [first, second, third] }),
        ),
        call(
          "search",
          { text, term: "whale", mode: "whole-word" },
          returns({ total: 2, terms, matches: [first, second] }),
        ),
        call(
          "search",
          { text, term: "whale", mode: "anywhere", limit: 1 },
          returns({ total: 3, terms, matches: [first] }),
        ),
      ],
    },
    {
      name: "search: the host knows no synonyms",
      calls: [
        call(
          "search",
          { text, term: "squid", mode: "anywhere" },
          returns({ total: 0, terms: ["squid"], matches: [] }),
        ),
      ],
    },
    {
      name: "search: typed errors are JSON in every encoding",
      calls: [
        call("search", { text, term: "", mode: "anywhere" }, { error: '"reason":"empty-term"' }),
        call("search", { text, term: "x", mode: "anywhere", limit: -3 }, { error: '"limit":-3' }),
        call(
          "search",
          { text: "x", term: "x", mode: "anywhere" },
          returns({ total: 1, terms: ["x"], matches: [found("x", 1, 1, "x")] }),
        ),
      ],
    },
    {
      name: "refuses input that does not fit its interface, and is called again",
      calls: [
        call("countVowels", { text: 5 }, { error: "$.text" }),
        call("countVowels", {}, { error: "text" }),
        { export: "countVowels", input: "", error: unreadable },
        { export: "countVowels", input: Uint8Array.of(0xc1), error: unreadable },
        call("search", { text, term: "x", mode: "sideways" }, { error: "$.mode" }),
        call("countVowels", { text: "hello" }, returns({ count: 2, perVowel: { e: 1, o: 1 }, share: 0.4 })),
      ],
    },
  ];
  return described.map((one) => ({ ...one, functions }));
}
