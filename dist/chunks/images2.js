export { t as chooseCurrentImages } from "./images3.js";
