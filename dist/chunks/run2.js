export { n as runCommand } from "./verify.js";
