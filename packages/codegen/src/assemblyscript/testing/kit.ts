import {
  any,
  definition,
  enumOf,
  list,
  map,
  named,
  nullable,
  operation,
  payload,
  record,
  ref,
  scalar,
} from "./interfaces.js";

const string = scalar("string");
const bytes = scalar("bytes");

/** An interface with a function for each thing that a call can do. */
export const kit = definition({
  name: "kit",
  types: [
    named("Query", record({ term: string, "limit?": scalar("int32") })),
    named("Hit", record({ title: string, score: scalar("float64") })),
    named("SearchError", record({ code: scalar("int32"), "detail?": scalar("float64") })),
    named("Level", enumOf("low", "high")),
  ],
  exports: [
    operation("search", {
      input: payload("messagepack", ref("Query")),
      output: payload("messagepack", list(ref("Hit"))),
      errors: payload("json", ref("SearchError")),
    }),
    operation("check", { input: payload("text", string), errors: payload("json", ref("Level")) }),
    operation("askAll", { input: payload("text", string), output: payload("text", string) }),
    operation("relay", { input: payload("binary", bytes), output: payload("binary", bytes) }),
    operation("reenter", {
      input: payload("messagepack", scalar("int32")),
      output: payload("messagepack", list(string)),
    }),
    operation("nothing"),
    operation("environment", { output: payload("text", string) }),
    operation("crash", { input: payload("text", string) }),
    operation("badJson", { output: payload("json", map(list(scalar("float64")))) }),
    operation("badPack", { output: payload("messagepack", list(map(ref("Level")))) }),
    operation("endless", { output: payload("messagepack", any) }),
    operation("remember", {
      input: payload("json", ref("Query")),
      output: payload("json", list(ref("Query"))),
    }),
    operation("garbage", {
      input: payload("messagepack", scalar("int32")),
      output: payload("messagepack", scalar("int32")),
    }),
    operation("same", { input: payload("binary", bytes), output: payload("binary", bytes) }),
  ],
  imports: [
    operation("askPack", {
      input: payload("messagepack", ref("Query")),
      output: payload("messagepack", nullable(ref("Hit"))),
    }),
    operation("askJson", { input: payload("json", ref("Query")), output: payload("json", list(string)) }),
    operation("ask-text", { input: payload("text", string), output: payload("text", string) }),
    operation("askBinary", { input: payload("binary", bytes), output: payload("binary", bytes) }),
    operation("notify", { input: payload("text", string) }),
    operation("now", { output: payload("messagepack", scalar("int64")) }),
    operation("again", {
      input: payload("messagepack", scalar("int32")),
      output: payload("messagepack", list(string)),
    }),
  ],
});

/** The author's module for {@link kit}. */
export const kitAuthor = `
import {
  Box, config, Hit, host, Level, log, Query, SearchError, SearchOutcome, CheckOutcome, Value, vars,
} from "./generated/kit.guest";

export function search(input: Query): SearchOutcome {
  const limit = input.limit;
  if (limit !== null && limit.value < 0) {
    const error = new SearchError(limit.value);
    if (limit.value == -2) error.detail = new Box<f64>(NaN);
    return SearchOutcome.fail(error);
  }
  return SearchOutcome.ok([new Hit(input.term, 0.5)]);
}
export function check(input: string): CheckOutcome {
  return input.length ? CheckOutcome.fail(Level.high) : CheckOutcome.ok();
}
export function askAll(input: string): string {
  host.notify(input);
  const hit = host.askPack(new Query(input));
  const answer = host.askJson(new Query(input + "?"));
  return [hit === null ? "none" : hit.title, answer.join("+"), host.askText(input), host.now().toString()].join(",");
}
export function relay(input: Uint8Array): Uint8Array {
  return host.askBinary(input);
}
export function reenter(input: i32): Array<string> {
  const before = host.askText("before " + input.toString());
  const inner = input > 0 ? host.again(input - 1) : ["bottom"];
  const after = host.askText("after " + input.toString());
  return [before].concat(inner).concat([after]);
}
export function nothing(): void {}
export function environment(): string {
  const greeting = config.get("greeting");
  const old = vars.getText("seen");
  vars.setText("seen", (old === null ? "" : old) + "é");
  if (old !== null && old.length > 1) vars.remove("seen");
  log.info("hello " + (greeting === null ? "nobody" : greeting));
  log.error("");
  return config.get("missing") === null ? (old === null ? "first" : old) : "?";
}
export function crash(input: string): void {
  throw new Error(input);
}
export function badJson(): Map<string, Array<f64>> {
  const map = new Map<string, Array<f64>>();
  map.set("fine", [1]);
  map.set("odd key", [1, 2, NaN]);
  return map;
}
export function badPack(): Array<Map<string, Level>> {
  const map = new Map<string, Level>();
  map.set("a", Level.low);
  map.set("b", 7);
  return [new Map<string, Level>(), map];
}
export function endless(): Value {
  const items = new Array<Value>();
  const value = Value.list(items);
  items.push(Value.nil());
  items.push(value);
  return value;
}
const memory = new Array<Query>();
export function remember(input: Query): Array<Query> {
  memory.push(input);
  return memory;
}
const kept = new Map<i32, Array<string>>();
export function garbage(input: i32): i32 {
  // Objects of every size, some of which live on for a while, in the order of a simple generator.
  let seed = input;
  let sum = 0;
  for (let i = 0; i < 40; i++) {
    seed = seed * 1103515245 + 12345;
    const size = (seed >>> 16) % 700;
    const text = "x".repeat(size);
    const list = new Array<string>();
    for (let j = 0; j < size % 13; j++) list.push(text + j.toString());
    kept.set((seed >>> 8) & 63, list);
  }
  const keys = kept.keys();
  for (let i = 0; i < keys.length; i++) {
    const list = kept.get(keys[i]);
    for (let j = 0; j < list.length; j++) {
      const text = list[j];
      assert(text.endsWith(j.toString()) && (text.length < 3 || text.charAt(0) == "x"));
      sum += text.length;
    }
  }
  return sum;
}
export function same(input: Uint8Array): Uint8Array {
  return input;
}
`;
