export { cr as fromLoginCredentials } from "./aws.js";
