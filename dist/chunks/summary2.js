export { r as renderSummary } from "./summary3.js";
