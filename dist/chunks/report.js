export { d as registrationOf, p as reportJson } from "./verify.js";
