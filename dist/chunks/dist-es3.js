export { yr as fromIni } from "./aws.js";
