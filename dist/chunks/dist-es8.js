export { Bn as fromSSO } from "./aws.js";
