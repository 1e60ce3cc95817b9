export { n as registrationOf, i as reportJson } from "./report2.js";
