export { en as CreateOAuth2TokenCommand, tn as SigninClient } from "./aws.js";
