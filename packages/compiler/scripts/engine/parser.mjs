import { Reader, readModule, skipInstruction } from "@tenon/wasm";

const I32_CONST = 0x41;

/**
 * The table slot of QuickJS's parser. JS_AddIntrinsicEval does nothing but store that function pointer in the
 * context, which is why `eval` works only after it; so the pointer is the first constant in its body.
 */
export function parserSlot(quickjs) {
  const module = readModule(quickjs);
  const { index } = module.exports.find(({ name }) => name === "JS_AddIntrinsicEval");
  const body = module.bodies[index - (module.functions.length - module.bodies.length)];
  const reader = new Reader(quickjs, body);
  for (let groups = reader.u32("locals"); groups > 0; groups -= 1) {
    reader.u32("a count");
    reader.byte("a type");
  }
  while (reader.remaining > 0) {
    if (quickjs[reader.offset] === I32_CONST) {
      reader.byte("an instruction");
      return reader.s32("a constant");
    }
    skipInstruction(reader, []);
  }
  throw new Error("JS_AddIntrinsicEval stores no function pointer: has quickjs-wasi changed?");
}

/** The function in a slot of the table. */
export function tableEntry(bytes, module, slot) {
  const section = module.sections.find(({ kind }) => kind === "element").payload;
  const reader = new Reader(bytes, section, "element section");
  for (let segments = reader.u32("segments"); segments > 0; segments -= 1) {
    if (reader.u32("a mode") !== 0 || reader.byte("an instruction") !== I32_CONST) break;
    const first = reader.s32("a slot");
    reader.byte("end");
    const count = reader.u32("functions");
    for (let i = 0; i < count; i += 1) {
      const index = reader.u32("a function");
      if (first + i === slot) return index;
    }
  }
  throw new Error(`The function table has no entry ${slot}.`);
}
