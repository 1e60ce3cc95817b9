export { n as assertRemoteRuns, a as readRemoteRuns, s as workspaceAccessOf } from "./remote-workspace.js";
