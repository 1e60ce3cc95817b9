export { _r as defaultProvider } from "./aws.js";
