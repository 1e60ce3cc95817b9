export { wt as isIn } from "./verify.js";
