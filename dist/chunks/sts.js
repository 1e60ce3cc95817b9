export { tt as getDefaultRoleAssumer, nt as getDefaultRoleAssumerWithWebIdentity } from "./aws.js";
