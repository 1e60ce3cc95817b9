export { t as consoleLinks, u as readRunningImages } from "./platforms.js";
