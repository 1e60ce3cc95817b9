export { t as consoleLinks } from "./platforms.js";
