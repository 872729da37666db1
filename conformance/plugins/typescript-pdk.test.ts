import { conform } from "../src/conform.js";
import { FAILURE } from "../src/host-functions.js";
import { pack } from "../src/messagepack.js";

const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);
const long = "žluťoučký 🐋 ".repeat(5000);
const data = { a: [1, -2.5, "ž", null, true], b: { "": {} } };
/** A frame of a stack trace: the author's file, a line and a column. */
const at = (name: string) => `\\n {4}at ${name} \\(guests/typescript-pdk/plugin\\.ts:\\d+:\\d+\\)`;

// guests/typescript-pdk.
conform({
  name: "typescript-pdk",
  wasm: "build/guests/typescript-pdk.wasm",
  build: "run `npm run build` in this package",
  cases: [
    {
      name: "counts vowels",
      calls: [{ export: "count_vowels", input: "Call me Ishmael", json: { count: 5 } }],
    },
    {
      name: "returns every byte",
      calls: [
        { export: "echo", input: everyByte, output: everyByte },
        { export: "echo", input: everyByte.subarray(0, 13), output: everyByte.subarray(0, 13) },
        { export: "echo", output: "" },
        { export: "nothing", input: "unread", output: "" },
      ],
    },
    {
      name: "returns text of any length, and mends what is not UTF-8",
      calls: [
        { export: "echo_text", input: long, output: long },
        { export: "echo_text", input: Uint8Array.of(0x61, 0xff, 0x62), output: "a\ufffdb" },
      ],
    },
    {
      name: "reads and writes JSON and MessagePack",
      calls: [
        { export: "echo_json", input: JSON.stringify(data), json: data },
        { export: "echo_messagepack", input: pack(data), messagepack: data },
        { export: "echo_json", input: '{"a":[1,', error: /SyntaxError/ },
        { export: "echo_messagepack", input: Uint8Array.of(0xc1), error: /SyntaxError/ },
        { export: "echo_json", input: "7", json: 7 },
      ],
    },
    {
      name: "reads its configuration",
      config: { greeting: "Ahoj 🐋" },
      calls: [{ export: "greet", input: "Queequeg", output: "Ahoj 🐋, Queequeg!" }],
    },
    {
      name: "does without configuration",
      calls: [{ export: "greet", input: "Queequeg", output: "Hello, Queequeg!" }],
    },
    {
      name: "keeps a variable between calls",
      calls: [
        { export: "remember", input: everyByte, output: "" },
        { export: "remember", input: "second", output: everyByte },
        { export: "forget", output: "" },
        { export: "remember", input: "third", output: "" },
      ],
    },
    {
      name: "keeps its own state between calls",
      calls: [
        { export: "keep", input: "one", output: "one" },
        { export: "keep", input: "two", output: "one,two" },
      ],
    },
    {
      name: "shares no state with another instance",
      calls: [{ export: "keep", input: "three", output: "three" }],
    },
    {
      name: "calls host functions on text and on bytes",
      calls: [
        { export: "shout", input: "whale", output: "WHALE!" },
        { export: "turn", input: everyByte, output: everyByte.slice().reverse() },
      ],
    },
    {
      name: "calls a host function on JSON",
      calls: [
        { export: "look_up", input: '"whale"', json: { word: "whale", synonyms: ["leviathan", "cetacean"] } },
        { export: "look_up", input: '"harpoon"', json: null },
      ],
    },
    {
      name: "fails when a host function does",
      calls: [
        {
          export: "call_failing",
          input: "x",
          error: FAILURE,
          except: {
            "extism-native": {
              output: "",
              because: "its Python SDK prints an exception of a host function, and goes on with the result 0",
            },
          },
        },
        { export: "echo", input: "alive", output: "alive" },
      ],
    },
    {
      name: "logs from info upwards",
      calls: [
        {
          export: "log_levels",
          input: "there she blows 🐋",
          output: "",
          logs: [
            ["info", "info: there she blows 🐋"],
            ["warn", "warn: there she blows 🐋"],
            ["error", "error: there she blows 🐋"],
          ],
        },
        { export: "log_level", output: "info" },
      ],
    },
    {
      name: "fails with exactly a text, and is called again",
      calls: [
        { export: "refuse", input: "žádná", error: "refused: žádná" },
        { export: "count_vowels", input: "again", json: { count: 3 } },
      ],
    },
    {
      name: "fails with a thrown error: its name, its message, and the author's lines",
      calls: [
        {
          export: "throw_error",
          input: "žádná",
          error: new RegExp(`RangeError: out of range: žádná${at("throw_error")}`),
        },
        {
          export: "throw_with_cause",
          error: new RegExp(
            `Error: it can't be done${at("throw_with_cause")}\nCaused by: TypeError: it isn't a whale`,
          ),
        },
        { export: "throw_text", input: "just text", error: "just text" },
        { export: "count_vowels", input: "again", json: { count: 3 } },
      ],
    },
    {
      name: "fails when its stack overflows",
      calls: [
        { export: "overflow", error: /RangeError: Maximum call stack size exceeded\n {4}at dive / },
        { export: "count_vowels", input: "again", json: { count: 3 } },
      ],
    },
    {
      name: "waits for asynchronous functions",
      calls: [
        { export: "later", input: "whale", output: "ELAHW" },
        { export: "reject", error: new RegExp(`RangeError: not today${at("reject")}`) },
        { export: "never", error: "a promise that never settles" },
        { export: "forget_rejection", error: /Unhandled rejection: Error: nobody listens/ },
        { export: "later", input: "again", output: "NIAGA" },
      ],
    },
    {
      name: "is refused where a host function is missing",
      functions: [{ name: "upper", does: "upper" }],
      refused: /./,
    },
  ],
});
