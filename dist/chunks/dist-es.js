export { _r as fromEnv } from "./aws.js";
