export { TextDecoder } from "../web/text/decoder.js";
