export { wt as CreateTokenCommand, Tt as SSOOIDCClient } from "./aws.js";
