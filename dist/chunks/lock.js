export { T as queryHeldLock } from "./verify.js";
