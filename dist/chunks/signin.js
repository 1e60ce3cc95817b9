export { pn as CreateOAuth2TokenCommand, mn as SigninClient } from "./aws.js";
