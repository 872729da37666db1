import { TenonError } from "./errors.js";

/** A plug-in's variables: bytes by name, which outlive a call, up to a limit in bytes. */
export class Vars {
  readonly #values = new Map<string, Uint8Array>();
  readonly #limit: number;
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(name: string): Uint8Array | undefined {
    return this.#values.get(name);
  }

  /**
   * Keeps a copy of `value`. Names count towards the limit as well, one byte a UTF-16 unit: a flood of empty values
   * is a flood too.
   *
   * @throws TenonError `var-limit` when the variables would take more than the limit.
   */
  set(name: string, value: Uint8Array): void {
    const old = this.#values.get(name);
    const used = this.#used - (old === undefined ? 0 : name.length + old.length) + name.length + value.length;
    if (used > this.#limit) {
      throw new TenonError(
        "var-limit",
        `the variable "${name.slice(0, 40)}" would bring the plug-in's variables to ${used} bytes, and ${this.#limit} are allowed; raise memory.maxVarBytes or store less`,
      );
    }
    this.#used = used;
    this.#values.set(name, value.slice());
  }

  delete(name: string): void {
    const old = this.#values.get(name);
    if (old === undefined) return;
    this.#used -= name.length + old.length;
    this.#values.delete(name);
  }

  clear(): void {
    this.#values.clear();
    this.#used = 0;
  }
}
