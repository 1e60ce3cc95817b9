export { s as fromEnv } from "./dist-es.js";
