import { inspect } from "./inspect.js";

/** What `console.log` writes for its arguments: the first may have `%s`, `%d`, `%i`, `%f`, `%j`, `%o`, `%O`, `%c`. */
export function format(values: readonly unknown[]): string {
  const [first, ...rest] = values;
  if (typeof first !== "string") return values.map(show).join(" ");
  let next = 0;
  const text = first.replace(/%[sdifjoOc%]/g, (directive) => {
    if (directive === "%%") return rest.length > 0 ? "%" : "%%";
    return next < rest.length ? directed(directive, rest[next++]) : directive;
  });
  return [text, ...rest.slice(next).map(show)].join(" ");
}

function show(value: unknown): string {
  return typeof value === "string" ? value : inspect(value);
}

function directed(directive: string, value: unknown): string {
  switch (directive) {
    case "%s":
      return show(value);
    case "%d":
      return number(value, Number);
    case "%i":
      return number(value, (text) => Number.parseInt(String(text), 10));
    case "%f":
      return number(value, (text) => Number.parseFloat(String(text)));
    case "%j":
      return json(value);
    case "%c":
      // A style: there are none in a log.
      return "";
    default:
      return inspect(value);
  }
}

function number(value: unknown, convert: (value: unknown) => number): string {
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "symbol" || (typeof value === "object" && value !== null)
    ? "NaN"
    : String(convert(value));
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "undefined";
  } catch {
    return "[Circular]";
  }
}
