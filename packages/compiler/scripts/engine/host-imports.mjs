/** Imports for an engine that only starts. Nothing is random in them, so that the result is always the same bytes. */
export function hostImports(bytes, memory) {
  const imports = {};
  for (const { module, name } of WebAssembly.Module.imports(new WebAssembly.Module(bytes))) {
    imports[module] ??= {};
    imports[module][name] = () => {
      throw new Error(`The engine called ${module} ${name} while it started.`);
    };
  }
  imports.wasi_snapshot_preview1.clock_time_get = (_clock, _precision, result) => {
    new DataView(memory().buffer).setBigUint64(result, 1_000_000_000n, true);
    return 0;
  };
  imports.wasi_snapshot_preview1.random_get = (at, length) => {
    new Uint8Array(memory().buffer, at, length).fill(0x5a);
    return 0;
  };
  return imports;
}
