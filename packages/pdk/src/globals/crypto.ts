export { crypto } from "../web/crypto.js";
