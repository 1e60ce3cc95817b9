export { k as terraformEnvironment } from "./verify.js";
