export { J as EventStreamSerde, Z as eventStreamSerdeProvider } from "./aws.js";
