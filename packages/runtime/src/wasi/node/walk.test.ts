import { expect, it } from "vitest";
import { isWindowsName } from "./walk.js";

it.each(["file.txt", "..", "con-tent", "console", "a b", ".hidden", "COM", "nul1"])(
  "Windows has a plain name in %j",
  (name) => {
    expect(isWindowsName(name)).toBe(true);
  },
);

it.each([
  "a\\b",
  "..\\x",
  "C:",
  "c:file",
  "file:stream",
  "x.",
  "x ",
  "...",
  "con",
  "NUL",
  "nul.txt",
  "Com1",
  "lpt9.a.b",
  "aux .c",
  "com¹",
  "a*",
  "a?",
  "a\u0001",
])("Windows takes %j for something else than a plain name", (name) => {
  expect(isWindowsName(name)).toBe(false);
});
