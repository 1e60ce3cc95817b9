export { n as contractText, o as renderJUnit, s as renderSuite } from "./gate2.js";
