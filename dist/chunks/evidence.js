export { t as evidenceLines } from "./evidence2.js";
