export { E as queryHeldLock } from "./verify.js";
