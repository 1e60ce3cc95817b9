export { t as runVerify } from "./verify.js";
