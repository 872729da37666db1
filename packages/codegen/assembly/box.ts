/**
 * Holds a value where null means something else. A number or boolean that may be null or absent is a `Box` or null,
 * as those types have no null of their own; so is an optional field that may also be null when it is there.
 */
@final
export class Box<T> {
  constructor(public value: T) {}
}
