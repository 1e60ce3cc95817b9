export { T as ENV_CMDS_FULL_URI, E as ENV_CMDS_RELATIVE_URI, D as fromContainerMetadata, x as fromInstanceMetadata } from "./aws.js";
