import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

export interface JupyterServer {
  url: string;
  token: string;
  /** The folder that it serves. */
  notebooks: string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** The Python module that is the server. */
  module?: string;
  options?: readonly string[];
  /** What its home has before it starts: texts by path. */
  files?: Readonly<Record<string, string>>;
}

/** A jupyter_server on a free port of the loopback interface, with a home of its own and our kernel installed in it. */
export async function startJupyterServer(
  python: string,
  { module = "jupyter_server", options: more = [], files = {} }: ServerOptions = {},
): Promise<JupyterServer> {
  const home = mkdtempSync(join(tmpdir(), "lossbook-server-"));
  const node = process.env["LOSSBOOK_NODE"] ?? process.execPath;
  execFileSync(node, [join(ROOT, "dist", "runner", "main.js"), "install", "--prefix", join(home, "prefix")]);
  const notebooks = join(home, "notebooks");
  mkdirSync(notebooks);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  const token = randomBytes(24).toString("hex");
  const options = [
    "--no-browser",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port=0",
    `--ServerApp.root_dir=${notebooks}`,
    ...more,
  ];
  if (process.getuid?.() === 0) options.push("--allow-root");
  const child = spawn(python, ["-m", module, ...options], {
    cwd: notebooks,
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      HOME: home,
      XDG_DATA_HOME: join(home, "data"),
      JUPYTER_CONFIG_DIR: join(home, "config"),
      JUPYTER_DATA_DIR: join(home, "data"),
      JUPYTER_RUNTIME_DIR: join(home, "runtime"),
      JUPYTER_PATH: join(home, "prefix", "share", "jupyter"),
      JUPYTER_TOKEN: token,
    },
  });
  const url = await readUrl(child);
  return {
    url,
    token,
    notebooks,
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await new Promise((resolve) => child.on("exit", resolve));
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The server says where it listens; what it said instead is the error. */
async function readUrl(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  const lines = createInterface({ input: child.stderr! });
  return await new Promise((resolve, reject) => {
    lines.on("line", (line) => {
      said.push(line);
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(line);
      if (found) resolve(found[0]);
    });
    child.on("exit", () => reject(new Error(`the server ended:\n${said.slice(-20).join("\n")}`)));
  });
}
