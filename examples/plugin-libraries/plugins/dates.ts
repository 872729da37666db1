import { input, output } from "@tenon/pdk";
import { describeMonths } from "../src/dates.js";

export default {
  run() {
    output.text(describeMonths(input.text()));
  },
};
