export { Pt as CreateTokenCommand, Ft as SSOOIDCClient } from "./aws.js";
