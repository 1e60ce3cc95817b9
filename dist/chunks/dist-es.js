export { Ar as fromEnv } from "./aws.js";
