export { Sr as fromProcess } from "./aws.js";
