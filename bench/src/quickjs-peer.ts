import { getQuickJS, type QuickJSContext, type QuickJSHandle } from "quickjs-emscripten";

/**
 * The first call of the peer, quickjs-emscripten: makes a context, evaluates the bundle that the plug-in was made of,
 * calls a function, and throws the context away. Input and output are JSON. The engine itself is compiled and
 * instantiated beforehand, and shared by all contexts.
 */
export async function firstCallInQuickJs(bundle: string): Promise<(name: string, input: unknown) => unknown> {
  const engine = await getQuickJS();
  return (name, input) => {
    const context = engine.newContext();
    try {
      context.runtime.setModuleLoader(hostModule);
      const scope = unwrap(context, context.evalCode(bundle, "plugin.js", { type: "module" }));
      const plugin = context.getProp(scope, "default");
      const run = context.getProp(plugin, name);
      using(context.newString(JSON.stringify(input)), (text) =>
        context.setProp(context.global, "input", text),
      );
      unwrap(context, context.callFunction(run, plugin)).dispose();
      const output = using(context.getProp(context.global, "output"), (text) => context.getString(text));
      for (const handle of [run, plugin, scope]) handle.dispose();
      return JSON.parse(output);
    } finally {
      context.dispose();
    }
  };
}

/** A record there and back through a context that lasts: JSON text on both ways, parsed and written on both sides. */
export async function echoInQuickJs(): Promise<(record: unknown) => unknown> {
  const context = (await getQuickJS()).newContext();
  const echo = unwrap(context, context.evalCode("(text) => JSON.stringify(JSON.parse(text))"));
  return (record) => {
    const argument = context.newString(JSON.stringify(record));
    const reply = unwrap(context, context.callFunction(echo, context.undefined, argument));
    const text = context.getString(reply);
    reply.dispose();
    argument.dispose();
    return JSON.parse(text);
  };
}

/** What a bundle imports, as far as it can be had outside of a plug-in: input and output, as JSON in global variables. */
function hostModule(name: string): string {
  if (name !== "tenon:host") throw new Error(`there is no module ${name}`);
  return `
    export function codec() { return 0; }
    export function read() { return JSON.parse(globalThis.input); }
    export function write(codec, value) { globalThis.output = JSON.stringify(value); }
    export function fail(text) { throw new Error(text); }
    export function hostFunction() { return () => null; }`;
}

function using<T>(handle: QuickJSHandle, use: (handle: QuickJSHandle) => T): T {
  try {
    return use(handle);
  } finally {
    handle.dispose();
  }
}

function unwrap(context: QuickJSContext, result: ReturnType<QuickJSContext["callFunction"]>): QuickJSHandle {
  return context.unwrapResult(result);
}
