export { r as contractText, s as renderJUnit, c as renderSuite } from "./gate3.js";
