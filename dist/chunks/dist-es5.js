export { wr as defaultProvider } from "./aws.js";
