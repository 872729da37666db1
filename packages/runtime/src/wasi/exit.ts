/**
 * Thrown through a plug-in that calls `proc_exit`. It isn't a failure by itself: a code of 0 ends the call well, and
 * any other is the plug-in's way to say that the call failed.
 */
export class WasiExit extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`the plug-in exited with code ${exitCode}`);
    this.name = "WasiExit";
    this.exitCode = exitCode;
  }
}
