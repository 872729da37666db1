import { engine } from "../engine/globals.js";

/**
 * A deep copy of a value, as the HTML Standard makes it: cycles and shared parts stay what they are, an object of a
 * class becomes a plain one, and a function, a symbol or a promise is a DataCloneError. Buffers in `transfer` are
 * moved, and empty afterwards.
 */
export function structuredClone<T>(value: T, options?: { readonly transfer?: readonly ArrayBuffer[] }): T {
  // A copy has the type of what it is a copy of, as far as types tell.
  return new Cloner(options?.transfer ?? []).clone(value) as T;
}

/** Errors that keep their name. */
const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

/** What has a state that can't be copied. */
const OPAQUE = [WeakMap, WeakSet, WeakRef, Promise, FinalizationRegistry];

class Cloner {
  readonly #transferred: ReadonlySet<unknown>;
  readonly #clones = new Map<object, object>();

  constructor(transfer: readonly unknown[]) {
    this.#transferred = new Set(transfer);
    if (this.#transferred.size !== transfer.length) throw refused("a buffer is to be transferred twice");
    for (const item of transfer) {
      if (!(item instanceof ArrayBuffer)) throw refused("only an ArrayBuffer can be transferred");
    }
  }

  clone(value: unknown): unknown {
    if (typeof value === "symbol") throw refused("a symbol can't be cloned");
    if (typeof value === "function")
      throw refused(`the function ${value.name || "without a name"} can't be cloned`);
    if (typeof value !== "object" || value === null) return value;
    const known = this.#clones.get(value);
    if (known !== undefined) return known;
    return this.#leaf(value) ?? this.#container(value);
  }

  /** What has no other objects in it. */
  #leaf(value: object): object | undefined {
    const copy = this.#simple(value);
    if (copy !== undefined) this.#clones.set(value, copy);
    return copy;
  }

  #simple(value: object): object | undefined {
    if (OPAQUE.some((type) => value instanceof type))
      throw refused(`a ${value.constructor.name} can't be cloned`);
    if (value instanceof Date) return new Date(value.getTime());
    if (value instanceof RegExp) return new RegExp(value.source, value.flags);
    if (value instanceof ArrayBuffer) return this.#buffer(value);
    if (ArrayBuffer.isView(value)) return this.#view(value);
    const isWrapper = value instanceof Number || value instanceof String || value instanceof Boolean;
    if (isWrapper || value instanceof BigInt) return Object(value.valueOf());
    if (value instanceof Symbol) throw refused("a symbol can't be cloned");
    if (value instanceof engine.DOMException) return new engine.DOMException(value.message, value.name);
    return undefined;
  }

  #buffer(buffer: ArrayBuffer): ArrayBuffer {
    if (!this.#transferred.has(buffer)) return buffer.slice(0);
    // ECMAScript 2024, which the engine has.
    return (buffer as ArrayBuffer & { transfer(): ArrayBuffer }).transfer();
  }

  #view(view: ArrayBufferView): ArrayBufferView {
    const { byteOffset, byteLength } = view;
    const bytesOfItem = "BYTES_PER_ELEMENT" in view ? Number(view.BYTES_PER_ELEMENT) : 1;
    // The copy of an ArrayBuffer is one; a SharedArrayBuffer is copied as one, too, as there is nobody to share with.
    const buffer = view.buffer instanceof ArrayBuffer ? this.clone(view.buffer) : view.buffer.slice(0);
    // Each is constructed in the same way.
    const type = view.constructor as new (buffer: unknown, offset: number, length: number) => ArrayBufferView;
    return new type(buffer, byteOffset, byteLength / bytesOfItem);
  }

  /** The copy is noted before its parts are made: they may lead back to it. */
  #container(value: object): object {
    const copy = emptyCopy(value);
    this.#clones.set(value, copy);
    if (value instanceof Map && copy instanceof Map) {
      for (const [key, item] of [...value]) copy.set(this.clone(key), this.clone(item));
    } else if (value instanceof Set && copy instanceof Set) {
      for (const item of [...value]) copy.add(this.clone(item));
    } else if (value instanceof Error) {
      for (const key of ["stack", "cause"])
        if (Object.hasOwn(value, key)) hide(copy, key, this.clone(Reflect.get(value, key)));
    } else {
      for (const [key, item] of Object.entries(value)) define(copy, key, this.clone(item));
    }
    return copy;
  }
}

function emptyCopy(value: object): object {
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  if (Array.isArray(value)) return new Array(value.length);
  if (!(value instanceof Error)) return {};
  const name = String(value.name);
  // Any other error becomes a plain one.
  const type = Object.hasOwn(ERRORS, name) ? ERRORS[name as keyof typeof ERRORS] : Error;
  const copy = new type();
  if (Object.hasOwn(value, "message")) hide(copy, "message", String(value.message));
  return copy;
}

/** Defined, not set: a key such as `__proto__` is data. */
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
}

function hide(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: false, writable: true, configurable: true });
}

function refused(message: string): Error {
  return new engine.DOMException(message, "DataCloneError");
}
