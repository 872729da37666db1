import { input, output } from "@tenon/pdk";
import { renderPage } from "../src/template.js";

export default {
  run() {
    output.text(renderPage(input.text()));
  },
};
