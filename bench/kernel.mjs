/**
 * Our kernel beside Deno, tslab and ipykernel, in one run: `npm run bench:kernel [-- --rounds N] [name …]`.
 *
 *   1. install the peers into node_modules/.cache  →  2. write a kernelspec for each  →  3. `kernel.py` measures, round by round
 *      →  4. the table goes to bench/kernel.md
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createViteServer } from "vitest/node";

const DENO = "2.9.6";
const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..");
const CACHE = join(ROOT, "node_modules", ".cache", "lossbook", "bench");
const PREFIX = join(CACHE, "prefix");

const python = await findPython();
rmSync(PREFIX, { recursive: true, force: true });
execFileSync(process.execPath, [join(ROOT, "dist", "runner", "main.js"), "install", "--prefix", PREFIX], {
  stdio: "inherit",
});
writeKernelspec("tslab", {
  argv: [process.execPath, findTslab(), "kernel", "--config-path={connection_file}"],
  language: "typescript",
});
writeKernelspec("deno", {
  argv: [installDeno(), "jupyter", "--kernel", "--conn", "{connection_file}"],
  language: "typescript",
  env: { DENO_DIR: join(CACHE, "deno"), DENO_NO_UPDATE_CHECK: "1" },
});
writeKernelspec("ipykernel", {
  argv: [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
  language: "python",
});

const home = join(CACHE, "home");
mkdirSync(home, { recursive: true });
const { status } = spawnSync(python, [join(HERE, "kernel.py"), ...process.argv.slice(2)], {
  cwd: home,
  stdio: "inherit",
  env: {
    ...process.env,
    LOSSBOOK_BENCH_VERSIONS: JSON.stringify(readVersions()),
    JUPYTER_PATH: join(PREFIX, "share", "jupyter"),
    JUPYTER_DATA_DIR: join(home, "data"),
    JUPYTER_RUNTIME_DIR: join(home, "runtime"),
    IPYTHONDIR: join(home, "ipython"),
    XDG_DATA_HOME: join(home, "share"),
  },
});
process.exitCode = status ?? 1;

/** The environment of the tests; its set-up is TypeScript, which Node 20 does not read by itself. */
async function findPython() {
  const server = await createViteServer({
    root: ROOT,
    configFile: false,
    logLevel: "error",
    server: { middlewareMode: true },
  });
  try {
    const { findEnvironment } = await server.ssrLoadModule("/test/python/environment.ts");
    const found = await findEnvironment();
    if ("reason" in found) throw new Error(found.reason);
    return found.path;
  } finally {
    await server.close();
  }
}

function writeKernelspec(name, spec) {
  const folder = join(PREFIX, "share", "jupyter", "kernels", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "kernel.json"), JSON.stringify({ display_name: name, ...spec }, null, 2));
}

function readVersions() {
  const read = (path) => JSON.parse(readFileSync(join(ROOT, path, "package.json"), "utf8")).version;
  const installed = ["typescript", "tslab"].map((name) => [name, read(join("node_modules", name))]);
  return { lossbook: read("."), Node: process.versions.node, ...Object.fromEntries(installed), deno: DENO };
}

function findTslab() {
  return createRequire(import.meta.url).resolve("tslab/bin/tslab");
}

/** The binary is in an optional package for the platform; the install script of `deno` itself is not needed. */
function installDeno() {
  const folder = join(CACHE, `deno-${DENO}`);
  const scope = join(folder, "node_modules", "@deno");
  if (!existsSync(scope)) {
    console.error(`Installing Deno ${DENO} …`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), "{}\n");
    const options = ["--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"];
    execFileSync("npm", ["install", ...options, `deno@${DENO}`], {
      stdio: ["ignore", "ignore", "inherit"],
      shell: process.platform === "win32",
    });
  }
  const packages = JSON.parse(
    readFileSync(join(folder, "node_modules", "deno", "package.json"), "utf8"),
  ).optionalDependencies;
  const binary = process.platform === "win32" ? "deno.exe" : "deno";
  const found = Object.keys(packages)
    .map((name) => join(folder, "node_modules", name, binary))
    .find((path) => existsSync(path));
  if (!found) throw new Error(`Deno ${DENO} has no package for ${process.platform} ${process.arch}.`);
  return found;
}
