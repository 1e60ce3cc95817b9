export { un as CreateOAuth2TokenCommand, dn as SigninClient } from "./aws.js";
