export { Dr as fromEnv } from "./aws.js";
