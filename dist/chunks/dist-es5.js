export { sr as defaultProvider } from "./aws.js";
