import {
  type Encoder,
  type FunctionTarget,
  type Module,
  type NewExport,
  type NewFunction,
  relink,
  withCustomSection,
  withoutCustomSections,
  withSnapshot,
} from "@tenon/wasm";
import type { Engine } from "../engine.js";
import type { Evaluation } from "../evaluate/messages.js";
import { isImportNeeded, type Needs } from "./needs.js";

/** The custom section that a plug-in carries its interface in: docs/abi.md, section 4. */
const INTERFACE_SECTION = "tenon:interface";

/** What a plug-in is linked by. It can be known before the bundle is evaluated. */
export interface LinkPlan {
  /** The functions of the plug-in, in the order of their numbers. */
  readonly names: readonly string[];
  readonly hostFunctions: readonly string[];
  readonly needs: Needs;
}

/**
 * The engine as a plug-in without a state: with the functions of both conventions (docs/abi.md), and with no more
 * imports, and no more code, than the plug-in can have a use for.
 */
export function linkEngine(
  engine: Engine,
  { names, hostFunctions, needs }: LinkPlan,
): Uint8Array<ArrayBuffer> {
  const functions = new Map(
    engine.module.exports.flatMap(({ name, kind, index }) => (kind === "function" ? [[name, index]] : [])),
  );
  const own = (name: string): FunctionTarget => ({ existing: indexOf(functions, name) });
  const stubs = new Stubs(engine.module, needs, own("missing"));
  const calls = names.flatMap((_, index) => callsOf(index, own));
  return relink(engine.bytes, {
    references: engine.references,
    replaced: new Map([
      ...stubs.replaced(calls.length),
      ...(needs.eval ? [] : [[engine.parser, own("without_eval")] as const]),
    ]),
    emptied: new Set([...engine.buildOnly, ...(needs.eval ? [] : [engine.parser, ...engine.evalOnly])]),
    addedImports: hostFunctions.map((name) => ({ module: USER, name, params: ["i64"], results: ["i64"] })),
    addedFunctions: [...calls, ...stubs.functions],
    tableElements: hostFunctions.map((_, index) => ({ addedImport: index })),
    exports: exportsOf(names, own),
  });
}

/** Makes the plug-in: the linked engine, going on from where the evaluation left it. */
export function finishPlugin(
  engine: Engine,
  linked: Uint8Array,
  evaluation: Evaluation,
  interfaceJson: string | undefined,
): Uint8Array<ArrayBuffer> {
  const globals = new Map(evaluation.globals);
  // Host functions are reached through the table, behind everything that the engine has there.
  globals.set(hostSlotGlobal(engine.module), Number(engine.module.tables[0]?.limits.min ?? 0n));
  // Calls have come back, and left on the stack what nobody reads any more.
  const memory = evaluation.memory.fill(0, engine.stack.end, engine.stack.start);
  const bare = withoutCustomSections(withSnapshot(linked, { memory, globals }), () => true);
  if (interfaceJson === undefined) return bare;
  return withCustomSection(bare, INTERFACE_SECTION, new TextEncoder().encode(interfaceJson));
}

const USER = "extism:host/user";

const LOCAL_GET = 0x20;
const I32_CONST = 0x41;
const CALL = 0x10;
const UNREACHABLE = 0x00;

/** The two functions that an export has: by kernel, and direct. */
function callsOf(index: number, own: (name: string) => FunctionTarget): readonly NewFunction[] {
  const call = (code: Encoder, to: number) => {
    code.byte(I32_CONST);
    code.signed(index);
    code.byte(CALL);
    code.unsigned(to);
  };
  return [
    { params: [], results: ["i32"], write: (code, indexOf) => call(code, indexOf(own("call_kernel"))) },
    {
      params: ["i32", "i32"],
      results: ["i32"],
      write: (code, indexOf) => {
        code.bytes(Uint8Array.of(LOCAL_GET, 0, LOCAL_GET, 1));
        call(code, indexOf(own("call_direct")));
      },
    },
  ];
}

/** What every plug-in exports besides its functions: docs/abi.md, section 2. */
const CONVENTION = ["tenon_abi", "tenon_reserve", "tenon_result", "tenon_direct"];

function exportsOf(names: readonly string[], own: (name: string) => FunctionTarget): readonly NewExport[] {
  return [
    { name: "memory", kind: "memory", index: 0 },
    ...CONVENTION.map((name) => ({ name, function: own(name) })),
    ...names.flatMap((name, index) => [
      { name, function: { added: 2 * index } },
      { name: `tenon_call_${name}`, function: { added: 2 * index + 1 } },
    ]),
  ];
}

/** Functions in the place of the imports that are left out. */
class Stubs {
  readonly functions: NewFunction[] = [];
  readonly #indexes: number[] = [];

  constructor(module: Module, needs: Needs, missing: FunctionTarget) {
    let index = 0;
    for (const item of module.imports) {
      if (item.kind !== "function") continue;
      if (!isImportNeeded(item.name, needs)) {
        this.functions.push(stubOf(item.name, item.entry.signature, missing));
        this.#indexes.push(index);
      }
      index += 1;
    }
  }

  /** By import, its stub: they come behind `before` other functions that are added. */
  replaced(before: number): readonly (readonly [number, FunctionTarget])[] {
    return this.#indexes.map((index, i) => [index, { added: before + i }]);
  }
}

/** What assembly/engine.ts says in its function `missing`, by the import that is missing. */
const MISSED: Readonly<Record<string, number>> = { clock_time_get: 0, random_get: 1 };

/** A trap. Where the plug-in might come to it after all, there is a message first. */
function stubOf(
  name: string,
  signature: Module["functions"][number]["signature"],
  missing: FunctionTarget,
): NewFunction {
  const message = MISSED[name];
  return {
    // The imports of the glue take and return numbers.
    params: (signature?.params ?? []) as NewFunction["params"],
    results: (signature?.results ?? []) as NewFunction["results"],
    write: (code, indexOf) => {
      if (message !== undefined) {
        code.byte(I32_CONST);
        code.signed(message);
        code.byte(CALL);
        code.unsigned(indexOf(missing));
      }
      code.byte(UNREACHABLE);
    },
  };
}

function hostSlotGlobal(module: Module): number {
  const found = module.exports.find(({ name, kind }) => kind === "global" && name === "host_slot");
  if (!found) throw new Error("the engine has no global host_slot");
  return found.index;
}

function indexOf(functions: ReadonlyMap<string, number>, name: string): number {
  const index = functions.get(name);
  if (index === undefined) throw new Error(`the engine has no function ${name}`);
  return index;
}
