import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { summarisePrices } from "@tenon/example-plugin-libraries/csv";
import { describeMonths } from "@tenon/example-plugin-libraries/dates";
import { renderMarkdown } from "@tenon/example-plugin-libraries/markdown";
import { checkDataPackage } from "@tenon/example-plugin-libraries/schema";
import { renderPage } from "@tenon/example-plugin-libraries/template";
import { expect, test } from "vitest";
import type { Call } from "../src/case.js";
import { conform } from "../src/conform.js";
import { packageFolder } from "../src/folders.js";

// examples/plugin-libraries: what a library answers in a plug-in is what it answers here, in Node, to the same data.

const require = createRequire(import.meta.url);
const dataFile = (name: string) =>
  readFileSync(require.resolve(`@tenon/example-plugin-libraries/data/${name}`), "utf8");

const prices = dataFile("natural-gas-monthly.csv");
const description = dataFile("natural-gas.json");
const months = prices
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => line.slice(0, 7))
  .join("\n");
const readmes = ["README.md", "../README.md"].map((file) => readFileSync(join(packageFolder, file), "utf8"));

/** Markdown of every kind that the READMEs have none of. */
const more = `# A *title* with \`code\`
1. one
   - [x] done
   - [ ] not <b>done</b>
2. two ~~three~~ https://example.com/?a=1&b=2 &copy; ž🐋

> quoted
> | a | b |
> |:--|--:|
> | 1 | <script>alert(1)</script> |

[link][ref] ![image](a.png "t") \\* &amp; line\\
break

[ref]: https://example.com 'title'
`;

interface Library {
  readonly name: string;
  /** What the plug-in was built from, in Node. */
  readonly here: (text: string) => string;
  readonly inputs: readonly string[];
  /** What the library refuses, and how. */
  readonly refused?: readonly (readonly [input: string, error: string])[];
  /** It can tell the time or make random numbers, though it isn't asked to. */
  readonly wasi?: boolean;
  /** Something that an answer to the first input has to have in it: not every wrong answer is a different one. */
  readonly sample: string;
}

const libraries: readonly Library[] = [
  {
    name: "markdown",
    here: renderMarkdown,
    inputs: [...readmes, more, ""],
    sample: "<th>what it is</th>",
  },
  {
    name: "schema",
    here: checkDataPackage,
    inputs: [
      description,
      description.replaceAll('"yearmonth"', '"fortnight"').replace(/"hash": "b/, '"hash": "x'),
      description.replace(/"licenses": \[[^\]]*\]/, '"licenses": []').replace('"bytes": ', '"bytes": -'),
      "{}",
    ],
    refused: [["{", "SyntaxError"]],
    wasi: true,
    sample: '"monthly.Month: yearmonth"',
  },
  {
    name: "dates",
    here: describeMonths,
    inputs: [months, "2024-02\n", ""],
    refused: [["1997-13", "RangeError: expected a month as 1997-01"]],
    wasi: true,
    sample:
      "Wednesday, 1st January 1997 | Mittwoch, 1. Januar 1997 | week 1 | Q1 of 1997 | 31 days | 10 working days on: 1997-01-15",
  },
  {
    name: "template",
    here: renderPage,
    inputs: [description, '{"title":"<&>","resources":[{"name":"a","schema":{"fields":[{"name":"b"}]}}]}'],
    refused: [["", "SyntaxError"]],
    sample: "<dt>Month (yearmonth)</dt>",
  },
  {
    name: "csv",
    here: summarisePrices,
    inputs: [prices, 'Month,Price\r\n"2020-01",1\r\n\r\n2020-02,-1e3\r\n'],
    refused: [
      ["Month,Price\n2020-01,1,2\n", "SyntaxError: row 0: Too many fields"],
      ["a,b\n1,2\n", "TypeError: expected the columns Month and Price"],
    ],
    wasi: true,
    sample: '"1997";',
  },
];

for (const { name, here, inputs, refused = [], wasi = false } of libraries) {
  const answered = inputs.map((input): Call => ({ export: "run", input, output: here(input) }));
  const failed = refused.map(([input, error]): Call => ({ export: "run", input, error }));
  conform({
    name: `library-${name}`,
    wasm: `../examples/plugin-libraries/build/${name}.wasm`,
    build: "run `npm run build` in examples/plugin-libraries",
    wasi,
    // One case: an instance of its own would cost more than all the calls, in hosts that compile the module each time.
    cases: [
      {
        name: "answers as in Node, refuses what it can't use, and is called again",
        calls: [...answered, ...failed, ...answered.slice(-1)],
      },
    ],
  });
}

test.each(libraries)("$name: the answers in Node are those that are meant", ({ here, inputs, sample }) => {
  expect(here(inputs[0] ?? "")).toContain(sample);
});
