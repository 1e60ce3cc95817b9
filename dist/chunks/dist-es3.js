export { Sr as fromIni } from "./aws.js";
