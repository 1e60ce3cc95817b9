export { br as defaultProvider } from "./aws.js";
