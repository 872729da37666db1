import { describe, expect, it } from "vitest";
import { formatBytes, plural, table } from "./layout.js";
import { printable } from "./printable.js";

describe("table", () => {
  it("aligns columns, and leaves no blanks at the ends of lines", () => {
    expect(table([["a", "b", "c"], ["long", "", "d"], ["e"]], false)).toEqual([
      "  a     b  c",
      "  long     d",
      "  e",
    ]);
  });

  it("counts the width of what is seen, not of what makes it coloured", () => {
    const rows = [
      [{ text: "a", style: "red" }, "b"],
      ["cc", "d"],
    ] as const;
    expect(table(rows, true)).toEqual(["  \u001b[31ma\u001b[0m   b", "  cc  d"]);
  });

  it("lets one very long cell stick out rather than widen its column", () => {
    const long = "x".repeat(60);
    expect(
      table(
        [
          [long, "a"],
          ["y", "b"],
        ],
        false,
      ),
    ).toEqual([`  ${long}  a`, `  y${" ".repeat(49)}b`]);
  });
});

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.0 KiB"],
    [65536, "64.0 KiB"],
    [1024 ** 2 * 1.5, "1.5 MiB"],
    [2 ** 48 * 65536, "16.0 EiB"],
    [2 ** 74, "16384.0 EiB"],
  ])("words %i as %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe("plural", () => {
  it.each([
    [0, "0 pages"],
    [1, "1 page"],
    [2, "2 pages"],
  ])("counts %i", (count, text) => {
    expect(plural(count, "page")).toBe(text);
  });
});

describe("printable", () => {
  it.each([
    ["größe \u{1f600}", "größe \u{1f600}"],
    ["\u001b[0m", "\\u{1b}[0m"],
    ["a\nb\u0085", "a\\u{a}b\\u{85}"],
    ["\u202eevil\u2028", "\\u{202e}evil\\u{2028}"],
    ["\ud800", "\\u{d800}"],
  ])("shows %j as %s", (text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});
