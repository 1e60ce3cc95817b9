export { j as terraformEnvironment } from "./verify.js";
