export { D as terraformEnvironment } from "./verify.js";
