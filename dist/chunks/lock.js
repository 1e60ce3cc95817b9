export { w as queryHeldLock } from "./verify.js";
