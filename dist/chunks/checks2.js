export { r as driftAddresses } from "./checks.js";
