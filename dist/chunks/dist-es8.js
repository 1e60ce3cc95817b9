export { Nn as fromSSO } from "./aws.js";
