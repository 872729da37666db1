import type { MemorySummary, Producer, TableSummary } from "@tenon/wasm";
import { type Cell, formatBytes, plural, styled, table } from "../layout.js";
import { printable } from "../printable.js";
import { inputName } from "../read-input.js";
import type { Conventions } from "./conventions.js";
import type { EmbeddedInterface } from "./embedded-interface.js";
import type { ImportHost, InspectReport } from "./report.js";

/** The report as text for people: one block per subject, blocks with nothing in them left out. */
export function printReport(report: InspectReport, colour: boolean): string {
  const blocks: readonly Block[] = [
    conventionsBlock(report.conventions),
    interfaceBlock(report.interface),
    { title: "Exports", rows: report.exports.map(({ name, kind, type }) => [name, dim(kind), type]) },
    importsBlock(report.imports),
    { title: "Memories", rows: report.memories.map(memoryRow) },
    { title: "Tables", rows: report.tables.map(tableRow) },
    sectionsBlock(report),
    { title: "Made with", rows: report.producers.map(producerRow) },
    { title: "Problems", rows: report.problems.map((text) => [{ text, style: "yellow" }]) },
  ];
  const lines = [titleLine(report, colour)];
  for (const { title, detail, rows } of blocks) {
    if (rows.length === 0 && !detail) continue;
    const heading = styled(title, "bold", colour);
    lines.push("", detail ? `${heading}  ${printable(detail)}` : heading, ...table(rows, colour));
  }
  return `${lines.join("\n")}\n`;
}

interface Block {
  readonly title: string;
  /** Stands behind the title; shown even where there are no rows. */
  readonly detail?: string;
  readonly rows: readonly (readonly Cell[])[];
}

function titleLine({ file, size, gzipSize }: InspectReport, colour: boolean): string {
  const sizes = `${formatBytes(size)}, ${formatBytes(gzipSize)} gzipped`;
  return `${styled(printable(inputName(file)), "bold", colour)}  ${sizes}`;
}

function conventionsBlock({ kernel, direct }: Conventions): Block {
  const rows: Cell[][] = [];
  if (kernel.length > 0) rows.push([{ text: "kernel", style: "green" }, kernel.join(", ")]);
  if (direct.version) rows.push([{ text: direct.version, style: "green" }, direct.exports.join(", ")]);
  if (direct.missing.length > 0) {
    rows.push([{ text: "direct", style: "yellow" }, `incomplete, it lacks ${direct.missing.join("; ")}`]);
  }
  if (rows.length > 0) return { title: "Callable", rows };
  return { title: "Callable", detail: "nothing: no export has the type () -> i32", rows };
}

function interfaceBlock(embedded: EmbeddedInterface | null): Block {
  const title = "Interface";
  if (!embedded) return { title, detail: "none embedded", rows: [] };
  if (embedded.problem !== null) {
    return { title, rows: [[{ text: `malformed: ${embedded.problem}`, style: "red" }]] };
  }
  const rows = embedded.exports.map(({ name, input, output, offered }): Cell[] => {
    const encodings = `${input ?? "()"} -> ${output ?? "()"}`;
    return offered ? [name, encodings] : [name, encodings, { text: "not exported", style: "red" }];
  });
  return { title, detail: `${embedded.name} ${embedded.version}`, rows };
}

/** One run of rows for each module, in the order of their first import. */
function importsBlock(imports: InspectReport["imports"]): Block {
  const modules = new Map<string, Cell[][]>();
  for (const { module, name, kind, type, host } of imports) {
    const rows = modules.get(module) ?? [];
    const first = rows.length === 0;
    rows.push([first ? module : "", dim(first && host ? HOST_WORDS[host] : ""), name, dim(kind), type]);
    modules.set(module, rows);
  }
  return { title: "Imports", rows: [...modules.values()].flat() };
}

const HOST_WORDS: Record<Exclude<ImportHost, null>, string> = {
  kernel: "kernel",
  user: "host functions",
  wasi: "WASI",
};

function memoryRow(memory: MemorySummary): Cell[] {
  const { minPages, minBytes, maxPages, maxBytes } = memory;
  const from = `${plural(minPages, "page")} (${formatBytes(minBytes)})`;
  const to =
    maxPages === null || maxBytes === null ? "no maximum" : `at most ${maxPages} (${formatBytes(maxBytes)})`;
  const traits = [
    memory.pageSize === 65536 ? "" : `pages of ${plural(memory.pageSize, "byte")}`,
    memory.shared ? "shared" : "",
    memory.index === "i64" ? "64-bit" : "",
  ];
  return [nameOf(memory), [`${from}, ${to}`, ...traits.filter(Boolean)].join(", ")];
}

function tableRow(entry: TableSummary): Cell[] {
  const to = entry.max === null ? "no maximum" : `at most ${entry.max}`;
  return [nameOf(entry), `${entry.min} ${entry.element}, ${to}`];
}

function nameOf({ imported, exportedAs }: MemorySummary | TableSummary): string {
  return [imported ? "imported" : "", ...exportedAs].filter(Boolean).join(", ") || "internal";
}

function sectionsBlock({ code, data, customSections, start }: InspectReport): Block {
  const rows: Cell[][] = [
    ["code", formatBytes(code.size), dim(plural(code.functions, "function"))],
    ["data", formatBytes(data.size), dim(plural(data.segments, "segment"))],
    ...customSections.map(({ name, size }): Cell[] => [name, formatBytes(size), dim("custom section")]),
  ];
  if (start) rows.push(["start", start.name ?? `function ${start.function}`, dim("runs on instantiation")]);
  return { title: "Contents", rows };
}

function producerRow({ field, name, version }: Producer): Cell[] {
  return [dim(field), `${name} ${version}`.trimEnd()];
}

function dim(text: string): Cell {
  return { text, style: "dim" };
}
