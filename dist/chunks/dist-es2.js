export { Dr as fromHttp } from "./aws.js";
