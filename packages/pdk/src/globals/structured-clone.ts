export { structuredClone } from "../web/structured-clone.js";
