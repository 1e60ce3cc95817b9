export { vr as fromProcess } from "./aws.js";
