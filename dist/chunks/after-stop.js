export { _ as describeDetachedCommand, v as secretsFileOf } from "./entry.js";
