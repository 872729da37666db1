/** Something wrong with a document, at a place in it that has not been traced to a file yet. */
export interface Problem {
  /** JSON pointer of the value that is wrong, or of the object that holds a wrong key. */
  readonly pointer: string;
  /** The key of that object which is at fault: its position is more exact than the object's. */
  readonly key?: string;
  readonly message: string;
  /** The offending value, already cut short. */
  readonly value?: string;
  readonly hint?: string;
}

/** Takes a problem and lets the caller go on, so that one run finds them all. */
export type Report = (problem: Problem) => void;
