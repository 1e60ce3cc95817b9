export { n as contractText, s as renderJUnit, c as renderSuite } from "./gate2.js";
