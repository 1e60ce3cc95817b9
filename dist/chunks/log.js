export { h as line, _ as log } from "./base.js";
