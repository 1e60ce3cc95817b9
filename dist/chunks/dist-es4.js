export { xr as fromLoginCredentials } from "./aws.js";
