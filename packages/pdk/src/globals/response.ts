export { Response } from "../web/fetch/response.js";
