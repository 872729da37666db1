import { expect, test } from "vitest";
import { formatMatrix } from "./matrix-reporter.js";

test("the matrix has a column for each host, and says what failed and what did not run", () => {
  const matrix = formatMatrix(
    new Map([
      [
        "echo",
        new Map([
          ["tenon-kernel", { passed: 3, failed: 0, skipped: 0 }],
          ["extism-js", { passed: 2, failed: 1, skipped: 0 }],
          ["extism-go", { passed: 0, failed: 0, skipped: 3 }],
        ]),
      ],
    ]),
  );
  const [head = "", row = ""] = matrix.split("\n");
  expect(head.split(/ {2,}/)).toEqual([
    "",
    "tenon-kernel",
    "tenon-direct",
    "tenon-typed",
    "extism-js",
    "extism-native",
    "extism-go",
  ]);
  expect(row.split(/ {2,}/)).toEqual(["echo", "3 passed", "-", "-", "2 passed, 1 FAILED", "-", "3 skipped"]);
});
