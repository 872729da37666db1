/**
 * RFC 3339 date-times, the text form of a date in both encodings. A JavaScript Date holds milliseconds: further
 * digits of the fraction are dropped. A leap second (23:59:60 UTC) is read as the second after it.
 */

/** Milliseconds since the epoch, or NaN when the text isn't an RFC 3339 date-time (section 5.6). */
export function parseDateTime(text: string): number {
  const match = DATE_TIME.exec(text);
  if (match === null) return Number.NaN;
  const field = (i: number): number => Number(match[i] ?? 0);
  const [year, month, day] = [field(1), field(2), field(3)];
  const [hour, minute, second] = [field(4), field(5), field(6)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return Number.NaN;
  if (hour > 23 || minute > 59 || second > 60) return Number.NaN;
  const offset = offsetMinutes(match[9], field(10), field(11));
  if (Number.isNaN(offset)) return Number.NaN;

  const milliseconds = Number((match[8] ?? "").slice(0, 3).padEnd(3, "0"));
  const date = new Date(0);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute - offset, second, second === 60 ? 0 : milliseconds);
  const time = date.getTime();
  // A leap second ends a day in UTC, so that the second after it begins one.
  return second === 60 && time % MS_PER_DAY !== 0 ? Number.NaN : time;
}

const MS_PER_DAY = 86_400_000;

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

function offsetMinutes(sign: string | undefined, hours: number, minutes: number): number {
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** RFC 3339 text in UTC, or undefined for a date that has none: an invalid one, or a year outside 0 to 9999. */
export function formatDateTime(date: Date): string | undefined {
  const time = date.getTime();
  return time >= FIRST && time <= LAST ? date.toISOString() : undefined;
}

/** 0000-01-01T00:00:00.000Z */
const FIRST = -62_167_219_200_000;
/** 9999-12-31T23:59:59.999Z */
const LAST = 253_402_300_799_999;
