import { format } from "prettier";

/** Formats a generated module, and gives its types room to breathe. */
export async function formatModule(text: string): Promise<string> {
  const formatted = await format(text, { parser: "typescript", printWidth: 110 });
  // A comment of one line on one line.
  return formatted.replace(/^( *)\/\*\*\n *\* (.*)\n *\*\/$/gm, "$1/** $2 */");
}
