export { Rn as GetRoleCredentialsCommand, zn as SSOClient } from "./aws.js";
