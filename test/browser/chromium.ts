import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A real browser, without a window. */
export async function startChromium(): Promise<Browser> {
  const executablePath = findChromium() ?? installChromium();
  return await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** `$CHROMIUM`, or what is on the path. */
function findChromium(): string | undefined {
  const named = process.env["CHROMIUM"];
  if (named) return named;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** Once, where that can be done without asking anybody: on a machine made for tests, which is Debian and ours. */
function installChromium(): string {
  const hint = "The browser tests need Chromium: install Debian's package chromium, or name a Chrome with CHROMIUM=….";
  if (process.getuid?.() !== 0) throw new Error(hint);
  process.stderr.write("Installing Debian's package chromium for the browser tests (once) …\n");
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", "chromium"]]) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const { status, error, stderr } = spawnSync("apt-get", ["-qq", ...args], { env, encoding: "utf8" });
    if (status === 0) continue;
    const reason = error?.message ?? stderr.trim().split("\n").at(-1);
    throw new Error(`${hint} (apt-get ${args.join(" ")}: ${reason})`);
  }
  const installed = findChromium();
  if (installed === undefined) throw new Error(hint);
  return installed;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
