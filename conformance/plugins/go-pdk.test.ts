import { conform } from "../src/conform.js";

// guests/go-pdk. Programs of Go's own compiler import WASI, whatever they do.
conform({
  name: "go-pdk",
  wasm: "build/guests/go-pdk.wasm",
  build: "install Go 1.24 or newer, and run `npm test` in this package",
  wasi: true,
  cases: [
    {
      name: "counts vowels",
      calls: [{ export: "count_vowels", input: "Call me Ishmael", json: { count: 5 } }],
    },
    {
      name: "reads its configuration",
      config: { greeting: "Ahoj" },
      calls: [{ export: "greet", input: "velrybo 🐋", output: "Ahoj, velrybo 🐋!" }],
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
      ],
    },
    { name: "calls a host function", calls: [{ export: "shout", input: "whale", output: "WHALE!" }] },
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
  ],
});
