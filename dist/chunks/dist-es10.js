export { H as ENV_CMDS_FULL_URI, U as ENV_CMDS_RELATIVE_URI, W as fromContainerMetadata, R as fromInstanceMetadata } from "./aws.js";
