export { Pr as fromEnv } from "./aws.js";
