/** The least number that rounds to infinity as a float 32: halfway from the largest one, 2^128 - 2^104, to 2^128. */
const OVERFLOW = 3.4028235677973366e38;

/** Whether a number is finite, but too large for a float 32. */
export function overflowsFloat32(v: number): boolean {
  const size = Math.abs(v);
  return size >= OVERFLOW && size !== Number.POSITIVE_INFINITY;
}
