export { n as makeAndLogPlan, i as prepare } from "./prepare.js";
