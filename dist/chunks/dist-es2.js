export { br as fromHttp } from "./aws.js";
