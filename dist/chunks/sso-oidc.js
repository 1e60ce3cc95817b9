export { Lt as CreateTokenCommand, Rt as SSOOIDCClient } from "./aws.js";
