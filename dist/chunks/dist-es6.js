export { hr as fromProcess } from "./aws.js";
