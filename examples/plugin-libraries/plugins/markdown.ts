import { input, output } from "@tenon/pdk";
import { renderMarkdown } from "../src/markdown.js";

export default {
  run() {
    output.text(renderMarkdown(input.text()));
  },
};
