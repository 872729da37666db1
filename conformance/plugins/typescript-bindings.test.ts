import { conform } from "../src/conform.js";
import { table } from "../src/host-functions.js";
import { pack } from "../src/messagepack.js";

/** The value as a MessagePack library sees it. */
const value = {
  text: 'žluťoučký 🐋\n\u0000"\\',
  small: -128,
  big: 2n ** 62n + 1n,
  share: 0.1,
  on: true,
  bytes: Uint8Array.from({ length: 256 }, (_, index) => index),
  list: [
    {
      text: "",
      small: 127,
      big: -(2n ** 63n),
      share: -1.5e300,
      on: false,
      bytes: new Uint8Array(),
      list: [],
      map: {},
      maybe: "here",
    },
  ],
  map: { constructor: 1, "": -1, ž: Number.MAX_SAFE_INTEGER },
  maybe: null,
  at: "2024-02-29T23:59:60Z",
  any: { a: [null, 1, "x", { b: false }] },
};

/** The same value as JSON: bytes are base64, and a 64-bit integer has all its digits, which no JavaScript number has. */
const json = JSON.stringify(value, (_, part) => {
  if (typeof part === "bigint") return `<${part}>`;
  return part instanceof Uint8Array ? Buffer.from(part).toString("base64") : part;
}).replace(/"<(-?\d+)>"/g, "$1");

const refusal = { reason: "too-long", after: 2 ** 40, words: ["a", "ž"] };

// guests/typescript-bindings.
conform({
  name: "typescript-bindings",
  wasm: "build/guests/typescript-bindings.wasm",
  build: "run `npm run build` in this package",
  cases: [
    {
      name: "keeps a value of every type",
      functions: [table("answer", "messagepack", {})],
      calls: [
        { export: "echoJson", input: json, output: json },
        { export: "echoMessagepack", input: pack(value), output: pack(value) },
        { export: "toJson", input: pack(value), output: json },
      ],
    },
    {
      name: "refuses what does not fit, and says where",
      functions: [table("answer", "messagepack", {})],
      calls: [
        { export: "echoJson", input: json.replace("-128", "-129"), error: /\$\.small: expected .*int8/ },
        { export: "echoJson", input: json.replace('"on":false', '"on":0'), error: "$.list[0].on" },
        { export: "echoJson", input: json.replace('"AAEC', '"*'), error: "$.bytes" },
        { export: "echoMessagepack", input: pack({ ...value, maybe: 5 }), error: "$.maybe" },
        { export: "echoMessagepack", input: pack({ ...value, text: undefined }), error: "text" },
        { export: "echoMessagepack", input: pack(value).subarray(0, 100), error: /SyntaxError/ },
        { export: "echoJson", input: json, output: json },
      ],
    },
    {
      name: "waits for asynchronous functions",
      functions: [table("answer", "messagepack", {})],
      calls: [{ export: "later", input: '"whale"', json: "ELAHW" }],
    },
    {
      name: "asks a function of the host",
      functions: [table("answer", "messagepack", { whale: "leviathan" })],
      calls: [
        { export: "ask", input: pack("whale"), messagepack: "leviathan" },
        { export: "ask", input: pack("squid"), messagepack: null },
      ],
    },
    {
      name: "refuses what a host function answers, where it does not fit",
      functions: [table("answer", "messagepack", { whale: 5 })],
      calls: [
        { export: "ask", input: pack("whale"), error: /answer|expected/ },
        { export: "ask", input: pack("squid"), messagepack: null },
      ],
    },
    {
      name: "fails with a detail, which is JSON in every encoding",
      functions: [table("answer", "messagepack", {})],
      calls: [
        { export: "decline", input: pack(refusal), error: JSON.stringify(refusal) },
        { export: "declineLater", input: JSON.stringify(refusal), error: JSON.stringify(refusal) },
      ],
    },
    {
      name: "fails with a thrown error",
      functions: [table("answer", "messagepack", {})],
      calls: [
        {
          export: "throwError",
          input: '"žádná"',
          error: /RangeError: žádná\n {4}at throwError \(guests\/typescript-bindings\/plugin\.ts:\d+:\d+\)/,
        },
      ],
    },
  ],
});
