/**
 * Bounds on a document. They are far above what people write, and keep a hostile document from exhausting the
 * stack or the memory of the process that reads it.
 */
export const limits = {
  /** Objects and arrays inside each other. A field of a record takes two levels. */
  depth: 100,
  /** References, lists, maps and nullables between an operation and the record or scalar it leads to. */
  typeDepth: 100,
  /** Values in one document, counting every object, array and scalar. */
  values: 1_000_000,
  /** Problems that are reported before the search for more ends. */
  problems: 500,
  /** Files that one interface may be made of. */
  files: 256,
} as const;
