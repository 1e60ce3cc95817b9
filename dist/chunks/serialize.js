export { t as serialize } from "./serialize2.js";
