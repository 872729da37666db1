export { Request } from "../web/fetch/request.js";
