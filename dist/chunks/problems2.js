export { t as annotationsOf } from "./problems.js";
