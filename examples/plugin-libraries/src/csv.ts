import Papa from "papaparse";

/** The lowest, highest and mean price of each year, from a CSV of months; Papa Parse reads it, and writes the answer. */
export function summarisePrices(text: string): string {
  const { data, errors, meta } = Papa.parse<Row>(text, {
    header: true,
    dynamicTyping: true,
    skipEmptyLines: true,
  });
  const [problem] = errors;
  if (problem !== undefined) throw new SyntaxError(`row ${problem.row ?? "?"}: ${problem.message}`);
  if (meta.fields?.join() !== "Month,Price") throw new TypeError("expected the columns Month and Price");
  const years = new Map<string, number[]>();
  for (const { Month, Price } of data) {
    const year = Month.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), Price]);
  }
  const rows = [...years].map(([year, prices]) => {
    const mean = prices.reduce((sum, price) => sum + price, 0) / prices.length;
    return { year, lowest: Math.min(...prices), highest: Math.max(...prices), mean: mean.toFixed(3) };
  });
  return Papa.unparse(rows, { delimiter: ";", quotes: [true, false, false, false], newline: "\n" });
}

interface Row {
  readonly Month: string;
  readonly Price: number;
}
