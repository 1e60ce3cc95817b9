export { s as line, l as log } from "./base.js";
