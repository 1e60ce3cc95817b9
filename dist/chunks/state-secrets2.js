export { n as leftOutMessages, i as openMessages, a as openOutput, o as readStateSecrets } from "./state-secrets.js";
