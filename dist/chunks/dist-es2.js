export { ur as fromHttp } from "./aws.js";
