export { V as EventStreamSerde, W as eventStreamSerdeProvider } from "./aws.js";
