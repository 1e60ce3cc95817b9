export { r as isKnownBinary } from "./binary2.js";
