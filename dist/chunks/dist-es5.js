export { En as fromProcess } from "./aws.js";
