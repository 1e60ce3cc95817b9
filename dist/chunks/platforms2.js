export { t as accessTo, n as consoleLinks, f as readRunningImages } from "./platforms.js";
