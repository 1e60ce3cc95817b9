export { kn as fromTokenFile } from "./aws.js";
