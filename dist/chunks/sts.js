export { it as getDefaultRoleAssumer, at as getDefaultRoleAssumerWithWebIdentity } from "./aws.js";
