export { Cn as fromSSO } from "./aws.js";
