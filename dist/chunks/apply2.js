export { n as runApply } from "./apply.js";
