import { printable } from "./printable.js";

/** A way to set text off on a terminal. */
export type Style = "plain" | "bold" | "dim" | "green" | "yellow" | "red";

/** One cell of a table: its text may come from anywhere, and is made {@link printable}. */
export type Cell = string | { readonly text: string; readonly style: Style };

/** Wraps text in a style, when colours are on. */
export function styled(text: string, style: Style, colour: boolean): string {
  return colour && style !== "plain" ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
}

/** Lines of aligned columns, indented by two blanks per level. The last cell of a row is not padded. */
export function table(rows: readonly (readonly Cell[])[], colour: boolean, level = 1): string[] {
  const cells = rows.map((row) =>
    row.map((cell) =>
      typeof cell === "string"
        ? { text: printable(cell), style: "plain" as const }
        : { text: printable(cell.text), style: cell.style },
    ),
  );
  const widths: number[] = [];
  for (const row of cells) {
    row.slice(0, -1).forEach(({ text }, column) => {
      widths[column] = Math.max(widths[column] ?? 0, Math.min(widthOf(text), WIDEST));
    });
  }
  return cells.map((row) => {
    const columns = row.map(({ text, style }, column) => {
      const isLast = column === row.length - 1;
      const gap = isLast ? "" : " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(text)) + GAP);
      return styled(text, style, colour) + gap;
    });
    return "  ".repeat(level) + columns.join("");
  });
}

/** A number of bytes in the largest unit that leaves at least one of it. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  let value = bytes;
  let unit = "B";
  for (const next of ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]) {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  return `${value.toFixed(1)} ${unit}`;
}

/** `1 page`, `2 pages`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** One long name, such as a mangled one, must not push the others' columns off the screen. */
const WIDEST = 48;

/** Blanks between columns. */
const GAP = 2;

/** In code points: right for most scripts, and wrong by a little for those of double width. */
function widthOf(text: string): number {
  return [...text].length;
}

const CODES: Record<Exclude<Style, "plain">, number> = { bold: 1, dim: 2, green: 32, yellow: 33, red: 31 };
