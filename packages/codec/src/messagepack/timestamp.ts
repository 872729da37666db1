/**
 * MessagePack's timestamp extension: whole seconds since the epoch, and nanoseconds from 0 to 999,999,999 after
 * that. A JavaScript Date holds milliseconds: finer digits are dropped.
 */

/** Milliseconds since the epoch, as seconds and nanoseconds. */
export function splitTime(time: number): { seconds: number; nanoseconds: number } {
  const seconds = Math.floor(time / 1000);
  return { seconds, nanoseconds: (time - seconds * 1000) * 1_000_000 };
}

/**
 * The time that `length` bytes of timestamp data at `pos` say, in milliseconds since the epoch. NaN: there is no
 * such form, or it has too many nanoseconds, or no Date reaches that far.
 */
export function readTime(view: DataView, pos: number, length: number): number {
  switch (length) {
    case 4:
      return joinTime(view.getUint32(pos), 0);
    case 8: {
      const high = view.getUint32(pos);
      return joinTime((high & 3) * 0x100000000 + view.getUint32(pos + 4), high >>> 2);
    }
    case 12:
      return joinTime(Number(view.getBigInt64(pos + 4)), view.getUint32(pos));
    default:
      return Number.NaN;
  }
}

/** A Date reaches so many milliseconds to either side of the epoch (ECMA-262, "Time Values and Time Range"). */
const MAX_TIME = 8.64e15;

function joinTime(seconds: number, nanoseconds: number): number {
  if (nanoseconds > 999_999_999) return Number.NaN;
  const time = seconds * 1000 + Math.floor(nanoseconds / 1_000_000);
  return Math.abs(time) <= MAX_TIME ? time : Number.NaN;
}
