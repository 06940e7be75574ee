import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findDataFolder } from "../../kernel/history/folder.ts";
import { createInterpreter, type Sink } from "../../kernel/interpreter.ts";
import { findSearchPath } from "../../kernel/kernelspec/folder.ts";
import { openWorkspace } from "../../kernel/workspace.ts";

interface Check {
  name: string;
  /** Whether Lossbook is of no use without it. */
  needed: boolean;
  find(): Promise<{ ok: boolean; detail: string }>;
  mend: string;
}

export const CHECKS: readonly Check[] = [
  {
    name: "Node.js",
    needed: true,
    mend: "Install Node.js 20.19 or newer.",
    async find() {
      const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
      return { ok: major > 20 || (major === 20 && minor >= 19), detail: `${process.version} at ${process.execPath}` };
    },
  },
  {
    name: "ZeroMQ",
    needed: true,
    mend: "Run `npm rebuild zeromq`: the package's binary for this platform does not load.",
    async find() {
      const { version } = await import("../../kernel/socket/zeromq.ts");
      return { ok: true, detail: `libzmq ${version}` };
    },
  },
  {
    name: "Session",
    needed: true,
    mend: "The user's process does not start or answer; the detail says what it printed.",
    find: async () =>
      runCell("6 * 7", (text) => ({ ok: text === "42", detail: text === "42" ? "a cell runs" : `6 * 7 is ${text}` })),
  },
  {
    name: "TypeScript",
    needed: true,
    mend: "Run `npm ci`: without TypeScript's native program cells run unchecked.",
    find: async () =>
      runCell('const n: number = "seven"', (text) => ({
        ok: text.includes("TS2322"),
        detail: text.includes("TS2322")
          ? "a cell with a type error is refused"
          : `a cell with a type error was not refused: ${text}`,
      })),
  },
  {
    name: "PNG pictures",
    needed: true,
    mend: "Run `npm rebuild @resvg/resvg-js`.",
    async find() {
      const { Resvg } = await import("@resvg/resvg-js");
      const png = new Resvg('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>').render().asPng();
      return { ok: png.length > 0, detail: "charts are drawn without a browser" };
    },
  },
  {
    name: "History",
    needed: false,
    mend: "Make the folder writable, or name another one in LOSSBOOK_DATA_DIR.",
    async find() {
      const folder = join(findDataFolder(), "history");
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
      return { ok: true, detail: folder };
    },
  },
  {
    name: "Kernelspec",
    needed: false,
    mend: "Run `lossbook install --user` (or `--sys-prefix` inside a Python environment).",
    async find() {
      const specs = findSearchPath().map((folder) => join(folder, "kernels", "lossbook", "kernel.json"));
      const found = specs.find((path) => existsSync(path));
      if (!found) return { ok: false, detail: "Jupyter does not know the kernel yet" };
      const { argv } = JSON.parse(readFileSync(found, "utf8")) as { argv: string[] };
      const lost = argv.filter((argument) => argument.startsWith("/") && !existsSync(argument));
      return {
        ok: lost.length === 0,
        detail: lost.length === 0 ? found : `${found} names ${lost.join(", ")}, which does not exist`,
      };
    },
  },
  {
    name: "JupyterLab",
    needed: false,
    mend: "`pip install jupyterlab`, if notebooks are to be edited in a browser; `lossbook run` works without.",
    async find() {
      const version = execFileSync("jupyter", ["lab", "--version"], { stdio: ["ignore", "pipe", "ignore"] })
        .toString()
        .trim();
      return { ok: true, detail: version };
    },
  },
];

/** Runs one cell in a session of its own and looks at what it shows: its value, or its error. */
async function runCell<T>(source: string, look: (text: string) => T): Promise<T> {
  const interpreter = createInterpreter(openWorkspace(tmpdir()));
  let text = "";
  const sink: Sink = {
    stream: (_name, chunk) => {
      text += chunk;
    },
    result: ({ data }) => {
      text += String(data["text/plain"]);
    },
    display() {},
    clear() {},
    input: async () => null,
    comm() {},
    sessionDied() {},
  };
  try {
    const { error } = await interpreter.execute(source, { count: 1, showResult: true, allowStdin: false, sink });
    return look(error ? `${text}${error.ename}: ${error.evalue}` : text);
  } finally {
    await interpreter.close();
  }
}
