export { Un as SignatureV4 } from "./aws.js";
