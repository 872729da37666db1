// The encoded value that is being read: a cursor over a range of memory.

export const JSON: u32 = 2;
export const MESSAGEPACK: u32 = 3;

export let format: u32 = 0;
export let pos: usize = 0;
export let end: usize = 0;
/** What was wrong with the bytes, once a reader has answered FAILED. */
export let problem: string = "";

export function openSource(encoding: u32, at: usize, length: u32): void {
  format = encoding;
  pos = at;
  end = at + length;
}

// @ts-ignore: decorator
@inline
export function setPos(to: usize): void {
  pos = to;
}

/** Notes what is wrong, and answers the FAILED token. */
export function malformed(message: string): i32 {
  problem = message;
  return -1;
}
