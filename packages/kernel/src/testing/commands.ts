import fc from "fast-check";

/** A number that a guest might pass as an address: near one of the handles that it has seen, or made up. */
export type Target =
  | { readonly near: "start" | "end"; readonly block: number; readonly delta: number }
  | { readonly near: "nothing"; readonly address: bigint };

/** One call of the kernel, its arguments not yet tied to the blocks that exist when it is made. */
export type Command =
  | { readonly op: "alloc"; readonly length: bigint }
  | { readonly op: "allocMany"; readonly count: number; readonly length: number }
  | { readonly op: "hostAlloc" | "begin"; readonly length: number }
  | { readonly op: "free" | "length" | "load8" | "load64" | "errorSet"; readonly at: Target }
  | { readonly op: "store8" | "store64"; readonly at: Target; readonly value: bigint }
  | { readonly op: "inputLoad8" | "inputLoad64"; readonly offset: bigint }
  | { readonly op: "inputSet" | "outputSet"; readonly at: Target; readonly length: bigint }
  | { readonly op: "reset" };

/** Lengths above this are not generated, except for those that can't be had at all. */
export const MOST_LENGTH = 200_000;

const absurd = fc.constantFrom(
  2n ** 32n - 1n,
  2n ** 32n,
  2n ** 32n + 16n,
  2n ** 63n,
  2n ** 64n - 1n,
  2n ** 64n - 16n,
);

const length = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 5000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: MOST_LENGTH }) },
);

const anyLength = fc.oneof({ weight: 9, arbitrary: length.map(BigInt) }, { weight: 1, arbitrary: absurd });

const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

const near = fc.record({
  near: fc.constantFrom("start" as const, "end" as const),
  block: fc.nat({ max: 1_000_000 }),
  delta: fc.oneof(
    fc.integer({ min: -17, max: 17 }),
    fc.constant(0),
    fc.constant(2 ** 32),
    fc.constant(-(2 ** 32)),
  ),
});

const handle = fc.record({
  near: fc.constant("start" as const),
  block: fc.nat({ max: 1_000_000 }),
  delta: fc.constant(0),
});

const made = fc.record({
  near: fc.constant("nothing" as const),
  address: fc.oneof(u64, absurd, fc.bigInt({ min: 0n, max: 70_000n }), fc.constant(0n)),
});

const target = fc.oneof({ weight: 6, arbitrary: near }, { weight: 1, arbitrary: made });

const handleOrTarget = fc.oneof({ weight: 3, arbitrary: handle }, { weight: 1, arbitrary: target });

/** Reset and begin are rare, so that there is something to reset. */
export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ op: fc.constant("alloc" as const), length: anyLength }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant("allocMany" as const),
      count: fc.integer({ min: 1, max: 150 }),
      length: fc.integer({ min: 1, max: 70 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ op: fc.constant("hostAlloc" as const), length }) },
  { weight: 14, arbitrary: fc.record({ op: fc.constant("free" as const), at: handleOrTarget }) },
  {
    weight: 6,
    arbitrary: fc.record({ op: fc.constantFrom("length" as const, "errorSet" as const), at: handleOrTarget }),
  },
  {
    weight: 14,
    arbitrary: fc.record({ op: fc.constantFrom("load8" as const, "load64" as const), at: target }),
  },
  {
    weight: 24,
    arbitrary: fc.record({
      op: fc.constantFrom("store8" as const, "store64" as const),
      at: target,
      value: u64,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      op: fc.constantFrom("inputLoad8" as const, "inputLoad64" as const),
      offset: fc.oneof(fc.bigInt({ min: 0n, max: 50n }), u64, absurd),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      op: fc.constantFrom("inputSet" as const, "outputSet" as const),
      at: handleOrTarget,
      length: anyLength,
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("begin" as const), length }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("reset" as const) }) },
);
