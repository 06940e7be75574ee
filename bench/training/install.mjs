import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { NODE_PEERS, PYTHON, VENV } from "./cache.mjs";
import { PEERS } from "./peers.mjs";

/** Installs what the peers need, at the versions that `peers.mjs` pins, once. */
export function install(names) {
  const peers = names.map((name) => PEERS[name]);
  const [npm, pip] = ["npm", "pip"].map((kind) => Object.assign({}, ...peers.map((peer) => peer[kind])));
  if (Object.keys(npm).length > 0) installNode();
  if (Object.keys(pip).length > 0) installPython(pip);
}

/** All of them together, so that another choice of peers does not uninstall some. */
function installNode() {
  const dependencies = Object.assign({}, ...Object.values(PEERS).map(({ npm }) => npm));
  const manifest = `${JSON.stringify({ private: true, dependencies }, null, 2)}\n`;
  const file = join(NODE_PEERS, "package.json");
  if (existsSync(join(NODE_PEERS, "node_modules")) && readFileSync(file, "utf8") === manifest) return;
  console.error(`Installing ${list(dependencies, "@")} …`);
  mkdirSync(NODE_PEERS, { recursive: true });
  rmSync(join(NODE_PEERS, "node_modules"), { recursive: true, force: true });
  writeFileSync(file, manifest);
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"], {
    cwd: NODE_PEERS,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
}

/** On Linux `pip` takes PyTorch's build with CUDA, two gigabytes of it, unless PIP_EXTRA_INDEX_URL names an index that has the one for CPUs. */
function installPython(packages) {
  const wanted = list(packages, "==");
  const mark = join(VENV, "peers.txt");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return;
  console.error(`Installing ${wanted} …`);
  rmSync(VENV, { recursive: true, force: true });
  execFileSync(findPython(), ["-m", "venv", VENV], { stdio: ["ignore", "ignore", "inherit"] });
  const options = ["--quiet", "--disable-pip-version-check"];
  const pins = Object.entries(packages).map(([name, version]) => `${name}==${version}`);
  // numpy is what torch warns about when it is missing; nothing here uses it
  execFileSync(PYTHON, ["-m", "pip", "install", ...options, ...pins, "numpy"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  writeFileSync(mark, wanted);
}

function findPython() {
  const candidates = [process.env.PYTHON, "python3", "python"].filter(Boolean);
  const found = candidates.find((name) => spawnSync(name, ["--version"], { timeout: 20_000 }).status === 0);
  if (!found)
    throw new Error("PyTorch needs a Python 3.10 or newer; name one with PYTHON=…, or leave it out: --peers tfjs,jax");
  return found;
}

function list(packages, sign) {
  return Object.entries(packages)
    .map(([name, version]) => `${name}${sign}${version}`)
    .join(", ");
}
