/** The bytes being decoded. At least eight bytes after them can be read, but mean nothing. */
export class Input {
  static start: usize = 0;
  static end: usize = 0;
  /** The next byte. */
  static position: usize = 0;
  /** Where the object key read last starts. */
  static key: usize = 0;
  /** Where the string starts that was read last for its bytes only. */
  static word: usize = 0;
  /** How deep in recursive types the reader is. */
  static depth: i32 = 0;
}

/** The deepest nesting of values that contain values of their own kind. */
export const MAX_DEPTH: i32 = 512;
