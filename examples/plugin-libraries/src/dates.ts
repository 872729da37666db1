import {
  addBusinessDays,
  differenceInCalendarDays,
  eachQuarterOfInterval,
  endOfMonth,
  format,
  formatDistanceStrict,
  getISOWeek,
  isValid,
  lastDayOfQuarter,
  parse,
} from "date-fns";
import { de } from "date-fns/locale/de";

/** What date-fns knows of each month (`1997-01`, a line each): a line for each, and one for all of them. */
export function describeMonths(text: string): string {
  const months = text
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) => {
      // The first of the month, in local time: nothing below depends on the time zone.
      const start = parse(line, "yyyy-MM", EPOCH);
      if (!isValid(start)) throw new RangeError(`expected a month as 1997-01, got ${JSON.stringify(line)}`);
      return start;
    });
  const [first, last] = [months.at(0), months.at(-1)];
  if (first === undefined || last === undefined) return "no months";
  const quarters = eachQuarterOfInterval({ start: first, end: last }).length;
  return [...months.map(describeMonth), `${quarters} quarters, ${formatDistanceStrict(last, first)}`].join(
    "\n",
  );
}

const EPOCH = new Date(1970, 0, 1);

function describeMonth(start: Date): string {
  const end = endOfMonth(start);
  return [
    format(start, "EEEE, do MMMM yyyy"),
    format(start, "EEEE, d. MMMM yyyy", { locale: de }),
    `week ${getISOWeek(start)}`,
    format(start, "QQQ 'of' yyyy"),
    `${differenceInCalendarDays(end, start) + 1} days`,
    `10 working days on: ${format(addBusinessDays(start, 10), "yyyy-MM-dd")}`,
    `the quarter ends on ${format(lastDayOfQuarter(start), "eee dd.MM.")}`,
    formatDistanceStrict(start, EPOCH),
  ].join(" | ");
}
