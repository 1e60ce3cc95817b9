export { T as describeDetachedCommand, E as secretsFileOf } from "./entry.js";
