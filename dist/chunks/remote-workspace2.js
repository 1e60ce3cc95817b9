export { n as assertRemoteRuns, o as readRemoteRuns, l as workspaceAccessOf } from "./remote-workspace.js";
