export { Mn as fromTokenFile } from "./aws.js";
