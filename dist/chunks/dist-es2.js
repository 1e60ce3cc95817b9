export { kn as fromHttp } from "./aws.js";
