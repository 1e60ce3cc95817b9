export { r as contractText, o as renderJUnit } from "./gate2.js";
