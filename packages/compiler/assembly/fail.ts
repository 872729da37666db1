// Errors that the glue itself throws. The prelude, in JavaScript, makes the Error objects: `raise(kind, a, b, path)`.

import { EXCEPTION, JS_Call, JS_Throw, NULL, UNDEFINED, Value, isException, release } from "./quickjs";
import { allocate, deallocate } from "./memory";
import { ctx } from "./state";
import { newText } from "./text";

let raiser: Value = UNDEFINED;

export function setRaiser(callback: Value): void {
  raiser = callback;
}

/** Throws an Error with this message. */
export function fail(message: string): Value {
  return raise(newText("error"), newText(message), UNDEFINED, NULL);
}

/** Throws an Error with this message, a colon and a space, and `detail`, which it takes over. */
export function failWith(message: string, detail: Value): Value {
  return raise(newText("error"), newText(message), detail, NULL);
}

/** Throws a TypeError: `<path>: expected <expected>, got <got>`. Takes all three over. */
export function failType(expected: Value, got: Value, path: Value): Value {
  return raise(newText("type"), expected, got, path);
}

/** Throws a SyntaxError: `<path>: <message>`. Takes the path over. */
export function failData(message: string, path: Value): Value {
  return raise(newText("data"), newText(message), UNDEFINED, path);
}

function raise(kind: Value, a: Value, b: Value, path: Value): Value {
  const argv = allocate(32);
  store<u64>(argv, kind);
  store<u64>(argv, a, 8);
  store<u64>(argv, b, 16);
  store<u64>(argv, path, 24);
  const error = JS_Call(ctx, raiser, UNDEFINED, 4, argv);
  for (let i: usize = 0; i < 32; i += 8) release(ctx, load<u64>(argv + i));
  deallocate(argv);
  if (isException(error)) return EXCEPTION;
  return JS_Throw(ctx, error);
}
