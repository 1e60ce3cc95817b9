export { C as queryHeldLock } from "./verify.js";
