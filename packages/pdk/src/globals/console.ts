export { console } from "../web/console/console.js";
