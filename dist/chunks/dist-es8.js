export { In as fromSSO } from "./aws.js";
