export { In as fromTokenFile } from "./aws.js";
