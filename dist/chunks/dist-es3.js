export { On as fromIni } from "./aws.js";
