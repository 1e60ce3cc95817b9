export { pt as isIn } from "./verify.js";
