import { describe, expect, it } from "vitest";
import { findUses } from "./uses.js";

describe("findUses", () => {
  it.each([
    ["Date.now()", true],
    ["new Date()", true],
    ["new Date", true],
    ["Date()", true],
    ["Date(5)", true],
    ["const D = Date;", true],
    ["[Date]", true],
    ["globalThis.Date.now()", true],
    ["performance.now()", true],
    ["new Date(2020, 1)", false],
    ["new Date(text)", false],
    ["Date.UTC(2020)", false],
    ["Date.parse(x)", false],
    ["x instanceof Date", false],
    ["x.Date", false],
    ["({ Date: 1 })", false],
    ['"Date"', false],
    ["isDate(x)", false],
    ["x.performance", false],
  ])("sees a clock in %s: %s", (code, clock) => {
    expect(findUses(code).clock).toBe(clock);
  });

  it.each([
    ["Math.random()", true],
    ["const { random } = Math;", true],
    ["Math.floor(1)", false],
    ["random()", false],
  ])("sees random numbers in %s: %s", (code, random) => {
    expect(findUses(code).random).toBe(random);
  });

  it.each([
    ['eval("1")', true],
    ['(0, eval)("1")', true],
    ['new Function("a", "b")', true],
    ['Function("return this")()', true],
    ["x instanceof Function", false],
    ["retrieval(1)", false],
    ["x.eval(1)", false],
    ["isFunction(x)", false],
    ["function f() {}", false],
  ])("sees eval in %s: %s", (code, uses) => {
    expect(findUses(code).eval).toBe(uses);
  });

  it.each([
    ['import { info as a, error } from "tenon:log";', ["log.info", "log.error"]],
    [
      'import{get as a}from"tenon:config";import{fill as b}from"tenon:random";',
      ["config.get", "random.fill"],
    ],
    ['import * as vars from "tenon:vars";', ["vars.get", "vars.set"]],
    ['const text = "import { get } from tenon";', []],
  ])("sees the services in %s", (code, services) => {
    expect([...findUses(code).services]).toEqual(services);
  });
});
