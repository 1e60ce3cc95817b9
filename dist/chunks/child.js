export { it as isIn } from "./verify.js";
