import { conform } from "../src/conform.js";

const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);
const TEXT_LOST = "it names the trap, and drops the text that the plug-in had set";

// guests/as-pdk. The PDK's own outputString cuts text that isn't ASCII, so its outputs here are ASCII.
conform({
  name: "as-pdk",
  wasm: "build/guests/as-pdk.wasm",
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
        // Not a multiple of the eight bytes that the PDK copies at a time.
        { export: "echo", input: everyByte.subarray(0, 13), output: everyByte.subarray(0, 13) },
        { export: "echo", output: "" },
      ],
    },
    {
      name: "reads its configuration",
      config: { greeting: "Ahoy" },
      calls: [{ export: "greet", input: "Queequeg", output: "Ahoy, Queequeg!" }],
    },
    {
      name: "does without configuration",
      calls: [{ export: "greet", input: "Queequeg", output: "Hello, Queequeg!" }],
    },
    {
      name: "keeps a variable between calls",
      calls: [
        { export: "remember", input: "first", output: "" },
        { export: "remember", input: "second", output: "first" },
        { export: "forget", output: "" },
        { export: "remember", input: "third", output: "" },
      ],
    },
    { name: "calls a host function on text", calls: [{ export: "shout", input: "whale", output: "WHALE!" }] },
    {
      name: "calls a host function on JSON",
      calls: [
        { export: "look_up", input: '"whale"', json: { word: "whale", synonyms: ["leviathan", "cetacean"] } },
        { export: "look_up", input: '"harpoon"', json: null },
      ],
    },
    {
      name: "logs from info upwards",
      calls: [
        {
          export: "log_levels",
          input: "there she blows",
          output: "",
          logs: [
            ["info", "info: there she blows"],
            ["warn", "warn: there she blows"],
            ["error", "error: there she blows"],
          ],
        },
      ],
    },
    {
      name: "fails with a text, and is called again",
      calls: [
        { export: "refuse", input: "žádná", error: "refused: žádná" },
        { export: "count_vowels", input: "again", json: { count: 3 } },
      ],
    },
    {
      name: "says why it aborts",
      calls: [
        {
          export: "abort_on_purpose",
          error: "stopped on purpose",
          except: {
            "extism-js": { error: "unreachable", because: TEXT_LOST },
            "extism-go": { error: "unreachable", because: TEXT_LOST },
          },
        },
        { export: "count_vowels", input: "again", json: { count: 3 } },
      ],
    },
    {
      name: "is refused where a host function is missing",
      functions: [{ name: "upper", does: "upper" }],
      refused: /./,
    },
  ],
});
