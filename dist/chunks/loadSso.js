export { Pn as GetRoleCredentialsCommand, Fn as SSOClient } from "./aws.js";
