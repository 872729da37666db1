// The plug-in of plugins/typescript-pdk.test.ts, on @tenon/pdk and without an interface.

import { config, fail, hostFunction, input, log, output, vars } from "@tenon/pdk";

const upper = hostFunction<string, string>("upper", { argument: "text", result: "text" });
const reverse = hostFunction<Uint8Array, Uint8Array>("reverse", { argument: "binary", result: "binary" });
const lookup = hostFunction<unknown, unknown>("lookup", { argument: "json", result: "json" });
const failing = hostFunction<string, string>("fail", { argument: "text", result: "text" });

/** Made once, when the plug-in is built; every instance begins with a copy. */
const calls: string[] = [];

export default {
  count_vowels() {
    output.json({ count: input.text().match(/[aeiou]/gi)?.length ?? 0 });
  },

  echo() {
    output.bytes(input.bytes());
  },

  echo_text() {
    output.text(input.text());
  },

  echo_json() {
    output.json(input.json());
  },

  echo_messagepack() {
    output.messagepack(input.messagepack());
  },

  nothing() {},

  greet() {
    output.text(`${config.get("greeting") ?? "Hello"}, ${input.text()}!`);
  },

  remember() {
    const last = vars.get("last");
    vars.set("last", input.bytes());
    if (last !== null) output.bytes(last);
  },

  forget() {
    vars.delete("last");
  },

  keep() {
    calls.push(input.text());
    output.text(calls.join());
  },

  shout() {
    output.text(`${upper(input.text())}!`);
  },

  turn() {
    output.bytes(reverse(input.bytes()));
  },

  look_up() {
    output.json(lookup(input.json()));
  },

  call_failing() {
    output.text(failing(input.text()));
  },

  log_levels() {
    const text = input.text();
    log.debug(`debug: ${text}`);
    log.info(`info: ${text}`);
    log.warn(`warn: ${text}`);
    log.error(`error: ${text}`);
  },

  log_level() {
    output.text(log.level());
  },

  refuse() {
    output.text("an output that nobody gets");
    fail(`refused: ${input.text()}`);
  },

  throw_error() {
    throw new RangeError(`out of range: ${input.text()}`);
  },

  throw_with_cause() {
    throw new Error("it can't be done", { cause: new TypeError("it isn't a whale") });
  },

  throw_text() {
    throw input.text();
  },

  overflow() {
    const dive = (depth: number): number => 1 + dive(depth + 1);
    dive(0);
  },

  async later() {
    const text = input.text();
    const parts = await Promise.all([...text].map(async (letter) => letter.toUpperCase()));
    await null;
    // After an await, too, the call is still going on.
    output.text(upper(parts.reverse().join("")));
  },

  async reject() {
    await null;
    throw new RangeError("not today");
  },

  never() {
    return new Promise(() => {});
  },

  forget_rejection() {
    Promise.reject(new Error("nobody listens"));
    output.text("an output that nobody gets");
  },
};
