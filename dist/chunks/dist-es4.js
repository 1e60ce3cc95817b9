export { vr as fromLoginCredentials } from "./aws.js";
