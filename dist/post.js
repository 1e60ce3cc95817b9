// src/post.ts
const { STATE_running: saved = "" } = process.env;
if (saved !== "") await (await import("./chunks/interrupted.js")).finishInterrupted(saved);
export {};
