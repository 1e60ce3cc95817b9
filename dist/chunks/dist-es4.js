export { Tr as fromLoginCredentials } from "./aws.js";
