import type { Interface } from "@tenon/schema";

/** A file that a target wants written. The path is relative to the output folder, with forward slashes. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** What a user can say to a target. */
export interface TargetOptions {
  /**
   * Guest targets: the module with the author's functions, relative to the output folder, as an import names it.
   *
   * @default "../plugin"
   */
  readonly implementation?: string;
}

/**
 * Turns an interface into files. A target is a pure function: no file system, no clock, the same files for the
 * same interface and options. It throws a {@link TargetError} when its language can't express the interface.
 */
export interface Target {
  readonly name: string;
  readonly side: "host" | "guest";
  readonly generate: (definition: Interface, options: TargetOptions) => Promise<readonly GeneratedFile[]>;
}

/** The interface is valid, but a target can't express a part of it. Nothing has been generated. */
export class TargetError extends Error {
  readonly code = "target-unsupported";
  readonly target: string;
  /** JSON pointer into the interface document. */
  readonly pointer: string;

  constructor(target: string, pointer: string, message: string) {
    super(`${pointer}: ${message} (target ${target})`);
    this.name = "TargetError";
    this.target = target;
    this.pointer = pointer;
  }
}
