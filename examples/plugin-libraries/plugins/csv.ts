import { input, output } from "@tenon/pdk";
import { summarisePrices } from "../src/csv.js";

export default {
  run() {
    output.text(summarisePrices(input.text()));
  },
};
