export { jn as GetRoleCredentialsCommand, Mn as SSOClient } from "./aws.js";
