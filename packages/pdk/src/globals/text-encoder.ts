export { TextEncoder } from "../web/text/encoder.js";
