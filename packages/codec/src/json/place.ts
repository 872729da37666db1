import { CodecError, type CodecErrorCode, describeValue, quoteForMessage } from "../errors.js";
import { formatPath, type PathStep } from "../path.js";
import { MAX_JSON_DEPTH } from "./depth.js";

/** Where a value is in the container at hand; undefined for the value that the whole text is. */
export type Key = PathStep | undefined;

/** What a {@link JsonContext} can be told. */
export interface JsonContextOptions {
  /** How deep values may nest. @default 512 */
  readonly maxDepth?: number;
}

/**
 * Where in a JSON value the work is, and how it fails there. Generated code says which container it goes into; the
 * last step, to the value at hand, it passes along with each call.
 */
export class JsonPlace {
  private readonly maxDepth: number;
  private readonly steps: PathStep[];
  private depth: number;

  constructor(options: JsonContextOptions = {}) {
    this.maxDepth = options.maxDepth ?? MAX_JSON_DEPTH;
    this.steps = [];
    this.depth = 0;
  }

  /** Goes into the container at `key`, and refuses to go deeper than allowed. */
  enter(key: PathStep): void {
    // The root container, which nobody enters, is the first level.
    if (this.depth + 1 >= this.maxDepth) this.tooDeep(key);
    this.steps[this.depth++] = key;
  }

  /** Comes back out of the container that {@link enter} went into. */
  leave(): void {
    this.depth--;
  }

  /** Begins at the root again: needed after an error, which leaves the context where it happened. */
  reset(): void {
    this.depth = 0;
  }

  private tooDeep(key: PathStep): never {
    this.fault("depth", `nested deeper than ${this.maxDepth} levels`, key);
  }

  /** Fails because `v` isn't what the value here has to be. */
  fail(expected: string, v: unknown, key?: Key): never {
    const got = describeValue(v);
    this.fault("type", `expected ${expected}, got ${got}`, key, expected, got);
  }

  /** Fails because `v`, if it is a number at all, isn't one that fits. */
  protected refuseNumber(expected: string, v: unknown, key: Key): never {
    if (typeof v !== "number" && typeof v !== "bigint") this.fail(expected, v, key);
    const got = describeValue(v);
    const whole = typeof v === "bigint" || Number.isInteger(v) || expected.startsWith("float");
    this.fault(whole ? "range" : "type", `expected ${expected}, got ${got}`, key, expected, got);
  }

  /** Fails because the object here has no such property. */
  missing(field: string, key?: Key): never {
    const expected = `the field ${quoteForMessage(field)}`;
    this.fault("missing", `expected ${expected}, which is missing`, key, expected, "nothing");
  }

  /** Fails because the object here has a property that is none of a closed record's. */
  unknownField(field: string, key?: Key): never {
    const got = `the unknown field ${quoteForMessage(field)}`;
    this.fault("unknown-field", `got ${got}`, key, undefined, got);
  }

  /** Fails because the string here isn't one of an enum's. */
  notInEnum(expected: string, got: string, key?: Key): never {
    const text = quoteForMessage(got);
    this.fault("enum", `expected ${expected}, got ${text}`, key, expected, text);
  }

  protected fault(code: CodecErrorCode, detail: string, key: Key, expected?: string, got?: string): never {
    throw new CodecError(code, detail, { path: this.path(key), expected, got });
  }

  /** The path of the value at `key`. */
  protected path(key: Key): string {
    const steps = this.steps.slice(0, this.depth);
    if (key !== undefined) steps.push(key);
    return formatPath(steps);
  }
}
