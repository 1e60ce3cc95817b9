export { Er as fromIni } from "./aws.js";
