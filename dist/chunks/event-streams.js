export { j as EventStreamSerde, P as eventStreamSerdeProvider } from "./aws.js";
