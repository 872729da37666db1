import { type WASI, wasi } from "@bjorn3/browser_wasi_shim";
import { Errno } from "./errno.js";
import { viewOf } from "./memory.js";
import type { WasiFunctions } from "./wasi-functions.js";

/** Where a plug-in gets the time from, in nanoseconds. */
export interface Clock {
  /** Since 1970. */
  realtime(): bigint;
  /** Since some moment in the past; never goes back. */
  monotonic(): bigint;
  /** Comes back when that much time has passed, or before. */
  wait(nanoseconds: bigint): void;
}

/** The clock of the host. `remainingMs` bounds how long one wait may block the thread. */
export function systemClock(remainingMs: () => number = () => Number.POSITIVE_INFINITY): Clock {
  return {
    realtime: () => toNanoseconds(performance.timeOrigin + performance.now()),
    monotonic: () => toNanoseconds(performance.now()),
    wait: (nanoseconds) => block(Math.min(Number(nanoseconds) / 1e6, remainingMs())),
  };
}

/** A clock that shows the same times in every run: each reading is a microsecond after the last, and waits take none. */
export function fixedClock(startMs: number): Clock {
  let elapsed = 0n;
  const start = toNanoseconds(startMs);
  const tick = (): bigint => {
    elapsed += 1000n;
    return elapsed;
  };
  return {
    realtime: () => start + tick(),
    monotonic: tick,
    wait(nanoseconds) {
      elapsed += nanoseconds;
    },
  };
}

/** The functions that tell the time and wait for it. */
export function clockFunctions(shim: WASI, clock: Clock): WasiFunctions {
  return {
    clock_res_get(id: number, result: number): number {
      if (id > LAST_CLOCK) return Errno.INVAL;
      viewOf(shim).setBigUint64(result, 1000n, true);
      return Errno.SUCCESS;
    },
    clock_time_get(id: number, _precision: bigint, result: number): number {
      if (id > LAST_CLOCK) return Errno.INVAL;
      viewOf(shim).setBigUint64(result, BigInt.asUintN(64, read(clock, id)), true);
      return Errno.SUCCESS;
    },
    // Nothing else runs in this instance: there is no one to yield to.
    sched_yield: () => Errno.SUCCESS,
    poll_oneoff: (subscriptions: number, events: number, count: number, result: number) =>
      poll(shim, clock, { subscriptions, events, count, result }),
  };
}

/** The clocks are real time, monotonic time, and the processor time of process and thread, for which monotonic does. */
const LAST_CLOCK = 3;

function read(clock: Clock, id: number): bigint {
  return id === wasi.CLOCKID_REALTIME ? clock.realtime() : clock.monotonic();
}

interface PollArguments {
  readonly subscriptions: number;
  readonly events: number;
  readonly count: number;
  readonly result: number;
}

/** Files never block here, so that a file that is waited for is ready at once; else the earliest clock is waited for. */
function poll(shim: WASI, clock: Clock, { subscriptions, events, count, result }: PollArguments): number {
  if (count === 0 || count > MAX_SUBSCRIPTIONS) return Errno.INVAL;
  const wanted = Array.from({ length: count }, (_, index) =>
    readSubscription(shim, clock, subscriptions + index * SUBSCRIPTION_SIZE),
  );
  const [shortest = 0n] = wanted.map(({ delay }) => delay).sort((one, other) => (one < other ? -1 : 1));
  if (shortest > 0n) clock.wait(shortest);

  const ready = wanted.filter(({ delay }) => delay <= shortest);
  ready.forEach((event, index) => {
    writeEvent(viewOf(shim), events + index * EVENT_SIZE, event);
  });
  viewOf(shim).setUint32(result, ready.length, true);
  return Errno.SUCCESS;
}

const MAX_SUBSCRIPTIONS = 4096;
// Sizes and offsets of `subscription` and `event` in the preview 1 ABI.
const SUBSCRIPTION_SIZE = 48;
const EVENT_SIZE = 32;

interface Subscription {
  readonly userdata: bigint;
  readonly type: number;
  readonly errno: number;
  /** Nanoseconds until it is due: 0 for a file, and for what is wrong. */
  readonly delay: bigint;
}

function readSubscription(shim: WASI, clock: Clock, address: number): Subscription {
  const view = viewOf(shim);
  const userdata = view.getBigUint64(address, true);
  const type = view.getUint8(address + 8);
  const of = (errno: number, delay = 0n): Subscription => ({ userdata, type, errno, delay });
  if (type === wasi.EVENTTYPE_FD_READ || type === wasi.EVENTTYPE_FD_WRITE) {
    const open = shim.fds[view.getUint32(address + 16, true)];
    return of(open === undefined ? Errno.BADF : Errno.SUCCESS);
  }
  if (type !== wasi.EVENTTYPE_CLOCK) return of(Errno.INVAL);
  const id = view.getUint32(address + 16, true);
  if (id > LAST_CLOCK) return of(Errno.INVAL);
  const timeout = view.getBigUint64(address + 24, true);
  const absolute = (view.getUint16(address + 40, true) & wasi.SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME) !== 0;
  const delay = absolute ? timeout - read(clock, id) : timeout;
  return of(Errno.SUCCESS, delay > 0n ? delay : 0n);
}

function writeEvent(view: DataView, address: number, { userdata, errno, type }: Subscription): void {
  view.setBigUint64(address, userdata, true);
  view.setUint16(address + 8, errno, true);
  view.setUint8(address + 10, type);
  view.setBigUint64(address + 16, type === wasi.EVENTTYPE_CLOCK ? 0n : 1n, true);
  view.setUint16(address + 24, 0, true);
}

function block(milliseconds: number): void {
  if (!(milliseconds > 0)) return;
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  } catch {
    // A page's main thread must not block, and a page may have no shared memory: look at the clock until it is time.
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  }
}

function toNanoseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1000)) * 1000n;
}
