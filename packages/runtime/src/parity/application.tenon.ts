import createPlugin, {
  CAPABILITIES,
  type CallContext,
  type Capabilities,
  type CurrentPlugin,
  createPlugin as createNamed,
  type ExtismPluginOptions,
  type LogLevel,
  type Manifest,
  type ManifestLike,
  type ManifestWasm,
  type ManifestWasmData,
  type ManifestWasmModule,
  type ManifestWasmPath,
  type ManifestWasmResponse,
  type ManifestWasmUrl,
  type MemoryOptions,
  newPlugin,
  type Plugin,
  type PluginConfig,
  type PluginConfigLike,
  type PluginOutput,
} from "../index.js";

/** The modules that the application is run with. */
export interface Modules {
  readonly main: Uint8Array<ArrayBuffer>;
  readonly upper: Uint8Array<ArrayBuffer>;
  readonly caller: Uint8Array<ArrayBuffer>;
  readonly path: string;
}

/** An application that uses what the SDK offers to it, and tells everything that it saw. */
export async function application({ main, upper, caller, path }: Modules): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  const logged: string[] = [];
  const record = (message: string): void => void logged.push(message);
  const logger = { ...console, trace: record, debug: record, info: record, warn: record, error: record };
  const logLevel: LogLevel = "info";
  const config: PluginConfig = { greeting: "hi" };
  const configLike: PluginConfigLike = config;
  const memory: MemoryOptions = { maxVarBytes: 100 };
  const functions = {
    "extism:host/user": {
      shout(context: CallContext, handle: bigint): bigint {
        seen["context"] = context.hostContext<{ id: number }>();
        seen["length"] = context.length(handle);
        seen["invalid handle"] = context.read(1n << 60n);
        seen["log level"] = context.logLevel;
        const text = context.read(handle)?.string() ?? "";
        context.setVariable("last", text);
        seen["variable"] = context.getVariable("last")?.text();
        context.deleteVariable("last");
        seen["deleted variable"] = context.getVariable("last");
        return context.store(`${text.toUpperCase()}!`);
      },
      fail(context: CurrentPlugin): bigint {
        context.setError(new Error("as told"));
        return 0n;
      },
    },
  };
  const options: ExtismPluginOptions = {
    functions,
    config: configLike,
    logger,
    logLevel,
    memory,
    useWasi: false,
    runInWorker: false,
    allowedHosts: [],
    allowedPaths: {},
    timeoutMs: null,
    enableWasiOutput: false,
    allowHttpResponseHeaders: false,
    sharedArrayBufferSize: 1 << 16,
    nodeWorkerArgs: { name: "unused" },
    fetch,
  };

  const plugin: Plugin = await createPlugin(main.buffer, options);
  const output: PluginOutput | null = await plugin.call("shout", "hello", { id: 7 });
  seen["text"] = output?.text();
  seen["string"] = output?.string();
  seen["bytes"] = output && [...output.bytes()];
  seen["array buffer"] = output?.arrayBuffer().byteLength;
  seen["json"] = (await plugin.call("echo", new TextEncoder().encode('{"a":[1]}')))?.json();
  seen["part of a buffer"] = (await plugin.call("echo", new Uint8Array(main.buffer, 1, 3)))?.text();
  seen["no output"] = await plugin.call("nothing");
  seen["config"] = (await plugin.call("config", "greeting"))?.text();
  seen["no config"] = await plugin.call("config", "farewell");
  await plugin.call("set", "kept");
  seen["plug-in's variable"] = (await plugin.call("get", "kept"))?.text();
  await plugin.call("log", "said");
  await plugin.call("debug", "not said");
  seen["logged"] = logged;
  seen["error"] = await failure(plugin.call("fail", "x"));
  seen["host function's error"] = await failure(plugin.call("hostFail", "x"));
  seen["exists"] = [await plugin.functionExists("echo"), await plugin.functionExists("missing")];
  seen["exports"] = (await plugin.getExports()).map(({ name }) => name);
  seen["imports"] = (await plugin.getImports()).map(({ module, name }) => [module, name]);
  seen["instance"] = typeof (await plugin.getInstance()).exports["echo"];
  seen["active"] = plugin.isActive();
  seen["reset"] = await plugin.reset();
  seen["missing export"] = await failure(plugin.call("missing", "x"));
  await plugin.close();

  const byPath: ManifestWasmPath = { path };
  const byData: ManifestWasmData = { data: upper };
  const byModule: ManifestWasmModule = { module: await WebAssembly.compile(caller) };
  const byUrl: ManifestWasmUrl = { url: new URL("https://example.test/caller.wasm") };
  const type = { headers: { "content-type": "application/wasm" } };
  const byResponse: ManifestWasmResponse = { response: new Response(caller, type) };
  const last: ManifestWasm[] = [byModule, byUrl, byResponse, byPath];
  seen["linked"] = [];
  for (const item of last) {
    const manifest: Manifest = {
      wasm: [
        { name: "extism:host/user", ...byData },
        { ...item, name: "main" },
      ],
    };
    const linked = await createNamed(manifest, { fetch: async () => new Response(caller, type) });
    // What `item` names is a module that calls another, whichever way it is named.
    seen["linked"] = [seen["linked"], (await linked.call("run", "link"))?.text()];
    await linked.close();
  }

  const json: ManifestLike = JSON.stringify({ wasm: [{ path }, { path }], allowed_hosts: null });
  seen["two unnamed modules"] = await newPlugin(json).then(
    () => "loaded",
    () => "refused",
  );
  const capabilities: Capabilities = CAPABILITIES;
  seen["capabilities"] = Object.keys(capabilities).sort();
  seen["files"] = [capabilities.fsAccess, capabilities.manifestSupportsPaths];
  seen["promises"] = capabilities.supportsJSPromiseInterface;
  return seen;
}

function failure(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "no error",
    (error: Error) => error.message.replace(/^.*: /, ""),
  );
}
