import { Marked } from "marked";

/** Markdown to HTML, with marked. Raw HTML in the text stays text: it may come from anybody. */
export function renderMarkdown(text: string): string {
  return marked.parse(text, { async: false });
}

const marked = new Marked({
  gfm: true,
  renderer: { html: ({ text }) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;") },
});
