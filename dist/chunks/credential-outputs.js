export { n as credentialSecrets, r as readOutputCredentials } from "./credential-outputs2.js";
