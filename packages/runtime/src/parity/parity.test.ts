import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ECHO, plugin } from "../testing/wat.js";
import * as extism from "./application.extism.js";
import * as tenon from "./application.tenon.js";

const ANSWER = `(func $answer (param $h i64) (result i32)
  (call $output_set (local.get $h) (call $length (local.get $h))) (i32.const 0))`;
const USER = `(import "extism:host/user" "shout" (func $shout (param i64) (result i64)))`;
const MAIN = plugin(
  `${ANSWER} ${ECHO}
  (func (export "shout") (result i32) (call $answer (call $shout (call $input_offset))))
  (func (export "config") (result i32) (local $h i64)
    (local.set $h (call $config_get (call $input_offset)))
    (if (i64.ne (local.get $h) (i64.const 0)) (then (return (call $answer (local.get $h))))) (i32.const 0))
  (func (export "set") (result i32) (call $var_set (call $input_offset) (call $input_offset)) (i32.const 0))
  (func (export "get") (result i32) (call $answer (call $var_get (call $input_offset))))
  (func (export "log") (result i32) (call $log_info (call $input_offset)) (i32.const 0))
  (func (export "debug") (result i32) (call $log_debug (call $input_offset)) (i32.const 0))
  (func (export "nothing") (result i32) (i32.const 0))
  (func (export "fail") (result i32) (call $error_set (call $input_offset)) (i32.const 1))
  (func (export "hostFail") (result i32) (drop (call $host_fail (i64.const 0))) (i32.const 0))`,
  `${USER}
  (import "extism:host/user" "fail" (func $host_fail (param i64) (result i64)))
  (import "extism:host/env" "config_get" (func $config_get (param i64) (result i64)))
  (import "extism:host/env" "var_get" (func $var_get (param i64) (result i64)))
  (import "extism:host/env" "var_set" (func $var_set (param i64 i64)))
  (import "extism:host/env" "log_info" (func $log_info (param i64)))
  (import "extism:host/env" "log_debug" (func $log_debug (param i64)))`,
);
const UPPER = plugin(`(func (export "shout") (param i64) (result i64)
  (call $store_u8 (local.get 0) (i32.sub (call $load_u8 (local.get 0)) (i32.const 32))) (local.get 0))`);
const CALLER = plugin(
  `${ANSWER} (func (export "run") (result i32) (call $answer (call $shout (call $input_offset))))`,
  USER,
);

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenon-parity-"));
  await writeFile(join(folder, "caller.wasm"), CALLER);
});
afterAll(() => rm(folder, { recursive: true }));

describe("an application that was written for Extism's SDK", () => {
  // That both compile is checked by the compiler: `npm run lint`.
  it("is the same but for the import", async () => {
    const [theirs = "", ours] = await Promise.all(
      ["extism", "tenon"].map((name) =>
        readFile(new URL(`./application.${name}.ts`, import.meta.url), "utf8"),
      ),
    );
    expect(theirs.replace('"@extism/extism"', '"../index.js"')).toBe(ours);
  });

  it("sees the same", async () => {
    const modules = { main: MAIN, upper: UPPER, caller: CALLER, path: join(folder, "caller.wasm") };
    const ours = await tenon.application(modules);
    const theirs = await extism.application(modules);
    // The words differ; that it fails doesn't. docs/migrating-from-extism.md
    const { "missing export": missing, ...same } = ours;
    expect(missing).toMatch(/no such export/);
    expect(theirs).toMatchObject(same);
    expect(Object.keys(theirs)).toEqual(Object.keys(ours));
    expect(ours).toMatchObject({ text: "HELLO!", error: "x", "host function's error": "as told" });
  });
});
