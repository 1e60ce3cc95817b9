export { r as publish } from "./publish.js";
