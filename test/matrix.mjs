/**
 * The kernel's own tests on every Node that we support: `npm run test:matrix [-- versions… [-- vitest arguments…]]`.
 *
 *   1. each Node comes from npm, into node_modules/.cache  →  2. vitest runs on it, and so does the kernel  →  3. a table
 *
 * Native add-ons are N-API, so one node_modules serves all.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const VERSIONS = ["20.20.2", "22.23.3", "24.21.0", "26.10.0"];
const KERNEL = "wire socket session language request display history kernelspec runner kernel";
const CONFORMANCE = ["test/conformance/kernel-test", "test/conformance/protocol"];

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const CACHE = join(ROOT, "node_modules", ".cache", "lossbook", "node");

const [versions, filters] = readArguments(process.argv.slice(2));
const rows = versions.map((version) => ({ version, ...runOn(findNode(version), filters) }));
for (const { version, status, seconds } of rows) {
  console.log(`Node ${version.padEnd(9)} ${status === 0 ? "passed" : `FAILED (${status})`}  ${seconds} s`);
}
process.exitCode = rows.some(({ status }) => status !== 0) ? 1 : 0;

/** `20 24 -- test/wire`: majors or whole versions, then what vitest is to run. */
function readArguments(args) {
  const at = args.indexOf("--");
  const asked = at < 0 ? args : args.slice(0, at);
  const filters = at < 0 ? [] : args.slice(at + 1);
  const chosen = asked.map((name) => {
    const version = VERSIONS.find((known) => known === name || known.split(".")[0] === name);
    if (!version) throw new Error(`Node ${name} is not one of ${VERSIONS.join(", ")}.`);
    return version;
  });
  const own = KERNEL.split(" ")
    .map((name) => `test/${name}`)
    .filter((folder) => existsSync(join(ROOT, folder)));
  return [chosen.length ? chosen : VERSIONS, filters.length ? filters : [...own, ...CONFORMANCE]];
}

/** The package that `node@…` would install, taken directly: its install script is not needed. */
function findNode(version) {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(CACHE, version);
  const binary = join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (!existsSync(binary)) {
    console.error(`Installing Node ${version} …`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), "{}\n");
    const options = ["--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--no-bin-links"];
    execFileSync("npm", ["install", ...options, `${name}@${version}`], {
      stdio: ["ignore", "ignore", "inherit"],
      shell: process.platform === "win32",
    });
  }
  return binary;
}

function runOn(node, filters) {
  const started = Date.now();
  console.error(`\n── ${execFileSync(node, ["--version"], { encoding: "utf8" }).trim()} ──`);
  const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const { status } = spawnSync(node, [vitest, "run", ...filters], {
    cwd: ROOT,
    stdio: "inherit",
    env: {
      ...process.env,
      PATH: `${dirname(node)}${process.platform === "win32" ? ";" : ":"}${process.env["PATH"]}`,
      LOSSBOOK_NODE: node,
    },
  });
  return { status, seconds: Math.round((Date.now() - started) / 1000) };
}
