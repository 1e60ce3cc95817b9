export { n as assertRemoteRuns, o as readRemoteRuns, c as workspaceAccessOf } from "./remote-workspace.js";
