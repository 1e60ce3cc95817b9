export { xn as GetRoleCredentialsCommand, Sn as SSOClient } from "./aws.js";
