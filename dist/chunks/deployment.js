export { n as readDeployment } from "./deployment2.js";
