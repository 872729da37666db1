import { type ByteRange, Reader } from "../reader.js";
import type { Names } from "../types.js";

/**
 * Reads the names of the module and its functions from the custom section `name`. Subsections for anything else
 * are stepped over. The last name counts when one function has several.
 */
export function readNames(bytes: Uint8Array, payload: ByteRange): Names {
  const reader = new Reader(bytes, payload, "name section");
  const functions = new Map<number, string>();
  let module: string | undefined;
  while (reader.remaining > 0) {
    const id = reader.byte("a subsection id");
    const contents = new Reader(bytes, reader.sized("a subsection"), "subsection of the name section");
    if (id === MODULE) module = contents.name("the name of the module");
    else if (id === FUNCTIONS) readFunctionNames(contents, functions);
    else continue;
    contents.finish();
  }
  return { module, functions };
}

const MODULE = 0;
const FUNCTIONS = 1;

function readFunctionNames(reader: Reader, names: Map<number, string>): void {
  for (let left = reader.count("function names", 2); left > 0; left -= 1) {
    names.set(reader.u32("the index of a function"), reader.name("the name of a function"));
  }
}
