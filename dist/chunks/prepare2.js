export { r as makeAndLogPlan, a as prepare } from "./prepare.js";
