export { yn as fromTokenFile } from "./aws.js";
