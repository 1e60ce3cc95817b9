export { i as makeAndLogPlan, s as prepare } from "./prepare.js";
