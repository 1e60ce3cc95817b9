export { Dn as fromLoginCredentials } from "./aws.js";
