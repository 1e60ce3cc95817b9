export { A as terraformEnvironment } from "./verify.js";
