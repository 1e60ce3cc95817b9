export { n as makeAndShowPlan, i as prepare } from "./prepare.js";
