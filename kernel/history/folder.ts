import { homedir } from "node:os";
import { join } from "node:path";

/** Where Lossbook keeps what outlives a kernel, by the conventions of the platform. */
export function findDataFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env["LOSSBOOK_DATA_DIR"]) return env["LOSSBOOK_DATA_DIR"];
  if (platform === "win32") return join(env["APPDATA"] ?? join(homedir(), "AppData", "Roaming"), "lossbook");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "lossbook");
  return join(env["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"), "lossbook");
}
