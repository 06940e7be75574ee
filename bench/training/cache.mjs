import { join } from "node:path";

export const HERE = import.meta.dirname;
export const ROOT = join(HERE, "..", "..");
/** Peers and numbers, in a folder that git does not see. */
export const CACHE = join(ROOT, "node_modules", ".cache", "lossbook", "training");
export const NODE_PEERS = join(CACHE, "node");
const VENV = join(CACHE, "venv");
export const PYTHON = process.platform === "win32" ? join(VENV, "Scripts", "python.exe") : join(VENV, "bin", "python");
export { VENV };
