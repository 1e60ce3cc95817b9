export { In as fromEnv } from "./aws.js";
