export { zn as SignatureV4 } from "./aws.js";
