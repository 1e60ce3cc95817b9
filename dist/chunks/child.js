export { vt as isIn } from "./verify.js";
