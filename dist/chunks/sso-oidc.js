export { Vt as CreateTokenCommand, Ht as SSOOIDCClient } from "./aws.js";
