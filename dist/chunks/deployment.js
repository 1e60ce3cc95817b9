export { t as readDeployment } from "./deployment2.js";
