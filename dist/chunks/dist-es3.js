export { lr as fromIni } from "./aws.js";
