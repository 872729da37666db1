export { fetch } from "../web/fetch/fetch.js";
