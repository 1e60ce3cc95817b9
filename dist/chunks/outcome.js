export { t as outcomeOf } from "./outcome2.js";
