export { r as addConfigurationSecrets } from "./verify.js";
