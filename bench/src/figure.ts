/** One thing measured by itself, with nothing to compare it with. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "bytes";
  /** What the value is meant to be at the most; absent where there is no aim. */
  readonly aim?: number;
}

/** The middle one of some measurements; of an even number, the upper of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
