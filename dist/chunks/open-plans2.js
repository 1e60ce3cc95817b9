export { t as maxOpenPlans, n as readOpenPlans, r as stalePlansOf } from "./open-plans.js";
