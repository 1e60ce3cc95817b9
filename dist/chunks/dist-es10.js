export { F as ENV_CMDS_FULL_URI, I as ENV_CMDS_RELATIVE_URI, L as fromContainerMetadata, j as fromInstanceMetadata } from "./aws.js";
