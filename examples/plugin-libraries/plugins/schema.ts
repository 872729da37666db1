import { input, output } from "@tenon/pdk";
import { checkDataPackage } from "../src/schema.js";

export default {
  run() {
    output.text(checkDataPackage(input.text()));
  },
};
