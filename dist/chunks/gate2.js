export { r as contractText, o as renderJUnit } from "./gate.js";
