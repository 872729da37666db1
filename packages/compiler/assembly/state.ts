// What every part of the glue shares: the one runtime and context, and a few words of scratch memory for results that
// QuickJS returns through pointers. All of it is in globals and on the heap, so that a snapshot holds it.

export let rt: usize = 0;
export let ctx: usize = 0;
/** Sixteen bytes for out-parameters. Nobody keeps anything in them across a call. */
export let scratch: usize = 0;
/** Whether the plug-in is still being built: its functions can't be called yet. */
export let building: bool = true;
/** Set when memory ran out, so that the failure that follows can be told from others. */
export let outOfMemory: bool = false;

export function setRuntime(runtime: usize, context: usize): void {
  rt = runtime;
  ctx = context;
}

export function setScratch(pointer: usize): void {
  scratch = pointer;
}

export function setBuilding(on: bool): void {
  building = on;
}

export function setOutOfMemory(on: bool): void {
  outOfMemory = on;
}
