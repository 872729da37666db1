export { URLSearchParams } from "../web/url/search-params.js";
