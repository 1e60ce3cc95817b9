export { gt as isIn } from "./verify.js";
