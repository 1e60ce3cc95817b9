export { r as warnOfUnmerged } from "./request.js";
