export { W as EventStreamSerde, q as eventStreamSerdeProvider } from "./aws.js";
