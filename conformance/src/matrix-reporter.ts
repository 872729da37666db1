import type { Reporter, TestCase, TestModule } from "vitest/node";
import { HOST_NAMES } from "./hosts/names.js";

/** The outcomes of one plug-in in one host. */
interface Cell {
  passed: number;
  failed: number;
  skipped: number;
}

/** Prints what ran where, when a run is over: a row for each plug-in, a column for each host, and why tests were skipped. */
export default class MatrixReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = new Map<string, Map<string, Cell>>();
    const reasons = new Map<string, number>();
    for (const module of modules) {
      if (!/[\\/]plugins[\\/][^\\/]+$/.test(module.moduleId)) continue;
      for (const test of module.children.allTests()) count(test, rows, reasons);
    }
    if (rows.size === 0) return;
    console.log(`\n${formatMatrix(rows)}`);
    for (const [reason, times] of reasons) console.log(`SKIPPED ${times} tests: ${reason}`);
    console.log();
  }
}

/** A table of text; exported for its test. */
export function formatMatrix(rows: ReadonlyMap<string, ReadonlyMap<string, Cell>>): string {
  const table = [["", ...HOST_NAMES]];
  for (const [plugin, cells] of rows) {
    table.push([plugin, ...HOST_NAMES.map((host) => formatCell(cells.get(host)))]);
  }
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function formatCell(cell: Cell | undefined): string {
  if (cell === undefined) return "-";
  const parts = [];
  if (cell.passed > 0) parts.push(`${cell.passed} passed`);
  if (cell.failed > 0) parts.push(`${cell.failed} FAILED`);
  if (cell.skipped > 0) parts.push(`${cell.skipped} skipped`);
  return parts.join(", ");
}

function count(test: TestCase, rows: Map<string, Map<string, Cell>>, reasons: Map<string, number>): void {
  const host = test.parent;
  const plugin = host.type === "suite" ? host.parent : undefined;
  if (host.type !== "suite" || plugin?.type !== "suite") return;
  const cells = rows.get(plugin.name) ?? new Map<string, Cell>();
  const cell = cells.get(host.name) ?? { passed: 0, failed: 0, skipped: 0 };
  rows.set(plugin.name, cells.set(host.name, cell));
  const result = test.result();
  if (result.state === "passed") cell.passed += 1;
  else if (result.state === "skipped") {
    cell.skipped += 1;
    const reason = `${host.name}: ${result.note ?? "not selected"}`;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  } else cell.failed += 1;
}
