export { URL } from "../web/url/url.js";
