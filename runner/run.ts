import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { type Command, parseArguments, UsageError } from "./command.ts";
import { executeNotebook } from "./execute.ts";
import { readNotebook, writeNotebookText } from "./notebook.ts";

export const run: Command = {
  summary: "execute notebooks without a front end and write them with their outputs",
  help: `usage: lossbook run [options] NOTEBOOK|FOLDER ...

Executes every code cell, in order, on the kernel built in; neither Jupyter nor Python is needed. The exit code is 1
if a cell failed.

options:
  --out FOLDER     where the executed notebooks are written (default: out)
  --in-place       write each notebook over itself instead
  --allow-errors   go on after a failed cell
  --timeout N      seconds that one cell may take (default: no limit)
  --help           this text
`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      out: { type: "string" },
      "in-place": { type: "boolean", default: false },
      "allow-errors": { type: "boolean", default: false },
      timeout: { type: "string" },
    } as const);
    if (values.out !== undefined && values["in-place"])
      throw new UsageError("--out and --in-place exclude each other.");
    const timeout = values.timeout === undefined ? undefined : Number(values.timeout);
    if (timeout !== undefined && !(timeout > 0))
      throw new UsageError(`--timeout ${values.timeout}: a number of seconds is expected.`);
    const notebooks = positionals.flatMap(findNotebooks);
    if (notebooks.length === 0)
      throw new UsageError(
        positionals.length === 0 ? "No notebook is named." : `No notebook in ${positionals.join(", ")}.`,
      );
    const aborted = abortOnSigint();
    let failed = 0;
    for (const path of notebooks) {
      const ok = await runOne(path, {
        target: values["in-place"] ? path : join(values.out ?? "out", basename(path)),
        allowErrors: values["allow-errors"],
        ...(timeout === undefined ? {} : { timeout }),
        signal: aborted,
      });
      if (!ok) failed++;
      if (aborted.aborted) return 130;
    }
    return failed === 0 ? 0 : 1;
  },
};

interface OneRun {
  target: string;
  allowErrors: boolean;
  timeout?: number;
  signal: AbortSignal;
}

async function runOne(path: string, { target, ...options }: OneRun): Promise<boolean> {
  const started = performance.now();
  const notebook = readNotebook(path);
  const failures = await executeNotebook(notebook, {
    path,
    ...options,
    onCell: (index, total) => showProgress(path, index, total),
  });
  showProgress(path, 0, 0);
  mkdirSync(join(target, ".."), { recursive: true });
  writeFileSync(target, writeNotebookText(notebook));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  for (const { cell, error } of failures)
    process.stderr.write(`${path}, cell ${cell}:\n${error.traceback.join("\n")}\n`);
  const outcome = failures.length === 0 ? "ok" : "failed";
  process.stdout.write(`${outcome.padEnd(7)}${relative(".", path)} → ${relative(".", target)} (${seconds} s)\n`);
  return failures.length === 0;
}

/** On a terminal one line that is overwritten; in a log nothing, the closing line says it all. */
function showProgress(path: string, index: number, total: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(total === 0 ? "\r\u001b[K" : `\r\u001b[K${basename(path)}  cell ${index + 1} of ${total}`);
}

function findNotebooks(path: string): string[] {
  let stat: ReturnType<typeof statSync>;
  try {
    stat = statSync(path);
  } catch {
    throw new UsageError(`${path} does not exist.`);
  }
  if (!stat.isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith("."))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules") return findNotebooks(child);
      return entry.name.endsWith(".ipynb") ? [child] : [];
    });
}

/** Ctrl-C interrupts the running cell and ends after its notebook has been written. */
function abortOnSigint(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort());
  return controller.signal;
}
