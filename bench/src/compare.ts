import { median } from "./figure.js";

/** One comparison: what was measured, against what, in nanoseconds for one operation. */
export interface Result {
  readonly name: string;
  readonly subject: string;
  readonly peer: string;
  readonly subjectNs: number;
  readonly peerNs: number;
  /** subjectNs / peerNs: below 1, the subject is faster. */
  readonly ratio: number;
  /** What the ratio is meant to be at the most; absent where there is no aim. */
  readonly aim?: number;
}

export interface Contestant {
  readonly name: string;
  /** One operation. A promise is waited for. */
  readonly run: () => unknown;
}

const WARM_UP_MS = 300;
const ROUND_MS = 25;
const ROUNDS = 25;

/**
 * Times two operations in one process, in rounds that take turns, and answers the ratio of their medians: a machine
 * whose speed drifts slows both.
 */
export async function compare(
  name: string,
  subject: Contestant,
  peer: Contestant,
  aim?: number,
): Promise<Result> {
  const contestants = [await prepare(subject), await prepare(peer)] as const;
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    // The one that goes first takes turns, too.
    for (const side of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const { run, iterations } = contestants[side];
      times[side].push((await time(run, iterations)) / iterations);
    }
  }
  const subjectNs = median(times[0]);
  const peerNs = median(times[1]);
  return {
    name,
    subject: subject.name,
    peer: peer.name,
    subjectNs,
    peerNs,
    ratio: subjectNs / peerNs,
    ...(aim === undefined ? {} : { aim }),
  };
}

/** Operations of each side that {@link compareEach} times. */
const SINGLE_RUNS = 151;

/**
 * Times operations one by one, in turns, and answers the ratio of their medians: for what happens once, and not in a
 * row. What a row of them costs on top, such as collecting the memories that they leave behind, is in few of the
 * measurements, and so not in the median.
 */
export async function compareEach(
  name: string,
  subject: Contestant,
  peer: Contestant,
  aim?: number,
): Promise<Result> {
  const times: [number[], number[]] = [[], []];
  const contestants = [subject, peer] as const;
  for (let round = 0; round < SINGLE_RUNS; round++) {
    for (const side of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const start = process.hrtime.bigint();
      await contestants[side].run();
      times[side].push(Number(process.hrtime.bigint() - start));
    }
  }
  const [subjectNs, peerNs] = [median(times[0]), median(times[1])];
  const result = {
    name,
    subject: subject.name,
    peer: peer.name,
    subjectNs,
    peerNs,
    ratio: subjectNs / peerNs,
  };
  return aim === undefined ? result : { ...result, aim };
}

/** Lets the engine optimise the operation, and finds how often to run it for a round of {@link ROUND_MS}. */
async function prepare({ run }: Contestant): Promise<{ run: Contestant["run"]; iterations: number }> {
  let iterations = 1;
  let elapsed = 0;
  for (let total = 0; total < WARM_UP_MS * 1e6; total += elapsed) {
    elapsed = await time(run, iterations);
    if (elapsed < ROUND_MS * 1e6) iterations = Math.ceil(iterations * 1.5);
  }
  return { run, iterations: Math.max(1, Math.round((iterations * ROUND_MS * 1e6) / elapsed)) };
}

/** Nanoseconds for so many operations, one after the other. */
async function time(run: Contestant["run"], iterations: number): Promise<number> {
  // An operation without a promise must not pay for an await.
  if (!(run() instanceof Promise)) return timeSync(run, iterations);
  const start = process.hrtime.bigint();
  for (let i = 0; i < iterations; i++) await run();
  return Number(process.hrtime.bigint() - start);
}

function timeSync(run: Contestant["run"], iterations: number): number {
  const start = process.hrtime.bigint();
  for (let i = 0; i < iterations; i++) run();
  return Number(process.hrtime.bigint() - start);
}
