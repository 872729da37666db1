export { Headers } from "../web/fetch/headers.js";
