/** Doc comments from the schema's words. */
export function docs(
  source: { readonly description?: string; readonly deprecated: boolean },
  otherwise?: string,
): string[] {
  // The two characters that would end the comment.
  const text = (source.description ?? otherwise)?.replaceAll("*/", "*\\/");
  const parts = [...(text === undefined ? [] : [text]), ...(source.deprecated ? ["@deprecated"] : [])];
  return parts.length === 0 ? [] : [parts.join("\n\n")];
}
