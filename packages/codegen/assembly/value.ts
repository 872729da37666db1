// A value of any shape: what the interface's `any` is to a plug-in.

/** What a {@link Value} is. An integer above the largest i64 is an `Unsigned`; every other one is an `Integer`. */
export enum ValueKind {
  Nil,
  Bool,
  Integer,
  Unsigned,
  Float,
  Text,
  Bytes,
  List,
  Map,
}

/** A value of any shape. Ask for its `kind` first: reading it as another one traps. */
@final
export class Value {
  private constructor(
    readonly kind: ValueKind,
    private bits: u64,
    private object: Object | null,
  ) {}

  static nil(): Value {
    return new Value(ValueKind.Nil, 0, null);
  }

  static bool(value: bool): Value {
    return new Value(ValueKind.Bool, value, null);
  }

  static integer(value: i64): Value {
    return new Value(ValueKind.Integer, value, null);
  }

  static unsigned(value: u64): Value {
    return new Value(value > <u64>i64.MAX_VALUE ? ValueKind.Unsigned : ValueKind.Integer, value, null);
  }

  static float(value: f64): Value {
    return new Value(ValueKind.Float, reinterpret<u64>(value), null);
  }

  static text(value: string): Value {
    return new Value(ValueKind.Text, 0, changetype<Object>(value));
  }

  static bytes(value: Uint8Array): Value {
    return new Value(ValueKind.Bytes, 0, changetype<Object>(value));
  }

  static list(value: Array<Value>): Value {
    return new Value(ValueKind.List, 0, changetype<Object>(value));
  }

  static map(value: Map<string, Value>): Value {
    return new Value(ValueKind.Map, 0, changetype<Object>(value));
  }

  get isNil(): bool {
    return this.kind == ValueKind.Nil;
  }

  get isNumber(): bool {
    return this.kind == ValueKind.Integer || this.kind == ValueKind.Unsigned || this.kind == ValueKind.Float;
  }

  asBool(): bool {
    this.expect(ValueKind.Bool, "a boolean");
    return this.bits != 0;
  }

  asInteger(): i64 {
    this.expect(ValueKind.Integer, "an integer");
    return this.bits;
  }

  asUnsigned(): u64 {
    if (this.kind != ValueKind.Unsigned) this.expect(ValueKind.Integer, "an integer");
    assert(this.kind == ValueKind.Unsigned || <i64>this.bits >= 0, "the value is negative");
    return this.bits;
  }

  /** Any number, as the nearest float. */
  asFloat(): f64 {
    if (this.kind == ValueKind.Integer) return <f64>(<i64>this.bits);
    if (this.kind == ValueKind.Unsigned) return <f64>this.bits;
    this.expect(ValueKind.Float, "a number");
    return reinterpret<f64>(this.bits);
  }

  asText(): string {
    this.expect(ValueKind.Text, "a string");
    return changetype<string>(this.object);
  }

  asBytes(): Uint8Array {
    this.expect(ValueKind.Bytes, "bytes");
    return changetype<Uint8Array>(this.object);
  }

  asList(): Array<Value> {
    this.expect(ValueKind.List, "a list");
    return changetype<Array<Value>>(this.object);
  }

  asMap(): Map<string, Value> {
    this.expect(ValueKind.Map, "a map");
    return changetype<Map<string, Value>>(this.object);
  }

  private expect(kind: ValueKind, what: string): void {
    if (this.kind != kind) throw new Error("the value is not " + what);
  }
}
