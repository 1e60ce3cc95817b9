export { t as registrationOf, r as reportJson } from "./report2.js";
