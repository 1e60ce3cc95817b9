export { w as Recorder } from "./verify.js";
