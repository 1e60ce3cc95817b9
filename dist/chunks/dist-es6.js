export { ar as fromProcess } from "./aws.js";
