export { O as terraformEnvironment } from "./verify.js";
