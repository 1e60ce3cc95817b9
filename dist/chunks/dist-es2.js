export { Cr as fromHttp } from "./aws.js";
