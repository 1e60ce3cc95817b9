export { En as SignatureV4 } from "./aws.js";
