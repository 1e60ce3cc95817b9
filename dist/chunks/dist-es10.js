export { R as ENV_CMDS_FULL_URI, z as ENV_CMDS_RELATIVE_URI, B as fromContainerMetadata, P as fromInstanceMetadata } from "./aws.js";
