export { o as loadReportSchema } from "./entry.js";
