/** What a reader of JSON or YAML text makes of it. */
export interface Parsed {
  /** Undefined when the text has a syntax error. */
  readonly value: unknown;
  /** By JSON pointer: where each value of the text lies. */
  readonly positions: ReadonlyMap<string, Position>;
  readonly faults: readonly Fault[];
}

/** Offsets into the text, in UTF-16 code units. */
export interface Position {
  readonly value: number;
  /** Where the key lies, for the value of an object. */
  readonly key?: number;
}

/** Something wrong with the text itself. */
export interface Fault {
  readonly offset: number;
  readonly pointer: string;
  readonly message: string;
  readonly value?: string;
  readonly hint?: string;
}
