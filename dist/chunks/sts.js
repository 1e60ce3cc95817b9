export { G as getDefaultRoleAssumer, K as getDefaultRoleAssumerWithWebIdentity } from "./aws.js";
