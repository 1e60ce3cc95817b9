export { t as EventStreamSerde, r as eventStreamSerdeProvider } from "./event-streams.js";
import "./sdk.js";
