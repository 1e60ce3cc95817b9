export { t as chooseCurrentImages } from "./images2.js";
