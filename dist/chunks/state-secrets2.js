export { r as openErrors, i as openOutput, a as readStateSecrets } from "./state-secrets.js";
