export { n as renderSummary } from "./summary3.js";
