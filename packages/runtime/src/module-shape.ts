/** What a module imports and exports, as the engine describes it. */
export interface ModuleShape {
  readonly imports: readonly WebAssembly.ModuleImportDescriptor[];
  readonly exports: readonly WebAssembly.ModuleExportDescriptor[];
}

// The engine makes the lists anew each time; a module that many plug-ins are made of is asked once.
const shapes = new WeakMap<WebAssembly.Module, ModuleShape>();

/** The shape of a module. It is shared: whoever passes it on to the application makes a copy. */
export function shapeOf(module: WebAssembly.Module): ModuleShape {
  let shape = shapes.get(module);
  if (shape === undefined) {
    shape = { imports: WebAssembly.Module.imports(module), exports: WebAssembly.Module.exports(module) };
    shapes.set(module, shape);
  }
  return shape;
}
