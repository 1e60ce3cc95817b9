export { yt as isIn } from "./verify.js";
