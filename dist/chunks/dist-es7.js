export { In as SignatureV4 } from "./aws.js";
