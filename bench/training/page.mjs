import { readFileSync } from "node:fs";
import { cpus, release, type as system, totalmem } from "node:os";
import { join } from "node:path";
import { NODE_PEERS, ROOT } from "./cache.mjs";
import { LINES } from "./lines.mjs";
import { PEERS } from "./peers.mjs";

/** `bench/training.md`. */
export function toPage({ results, firstSteps, scaling, memory, load, options }) {
  const peers = options.peers.filter((name) => name !== "compiled");
  return `# Training beside PyTorch, TensorFlow.js and jax-js

Milliseconds of a step on ${options.threads} ${options.threads === 1 ? "thread" : "threads"}, median of ${options.rounds} interleaved rounds; in brackets how many times as long as Lossbook.${
    options.uncompiled ? " **Lossbook without `compile`.**" : ""
  }

${toTable(rowsOf(results, firstSteps), peers)}

![How many times as long as Lossbook each peer takes](training.png)

${toNotes(results, firstSteps)}
${scaling ? toScaling(scaling) : ""}${memory ? toMemory(memory) : ""}
## How

- Machine: ${describeMachine()}. Load average before ${load.before}, after ${load.after}. Date: ${new Date().toISOString().slice(0, 10)}. Command: \`${options.command}\`.
- Versions: ${describeVersions(options.peers)}.
- One process for each peer and line. All have the same data and first parameters from one file, and their first values agree to 1e-3, or the run
  stops. A step is loss, gradients and update; a block of steps is closed by reading the last result; the median of the parts of a block is its time. Who needs more than
  a second a step is measured in three rounds only.
- Where a peer can be set in several ways all are tried on each line, and the fastest is measured: for PyTorch the three ways to write an optimizer's step
  (\`foreach\`, \`fused\`, neither), for jax-js threads on and off.
- TensorFlow.js runs its SIMD build on one thread: it switches its threads off in Node (tensorflow/tfjs#3830). Its wasm backend has no gradient of \`conv2d\` by the
  filter; a product with shifted images stands in (\`peer/tfjs.mjs\`), which is faster than the way around by \`conv3d\`.
- jax-js has threads only where there is a web \`Worker\`; in Node a small one made of \`worker_threads\` stands in (\`peer/webWorker.mjs\`).
- The attention block (e) is multi-head attention with 4 heads, residual, layer norm, feed-forward 64-256-64 with ReLU, residual, layer norm – PyTorch's
  \`nn.TransformerEncoderLayer\` without dropout – on a mean squared error. The GRU (f) reads 32 steps of 64 numbers, and its last state goes to 10 classes.
- (i) runs from the start of a process to the first loss: import, model, numbers from the file, compilation, one step.
`;
}

function rowsOf(results, firstSteps) {
  const lines = Object.entries(results).map(([line, found]) => ({ title: `(${line}) ${LINES[line].title}`, found }));
  const starts = Object.entries(firstSteps).map(([line, found]) => ({
    title: `(i) time to the first step of (${line})`,
    found,
  }));
  return [...lines, ...starts];
}

function toTable(rows, peers) {
  const head = `| | ${peers.map((name) => PEERS[name].title).join(" | ")} |`;
  const body = rows.map(({ title, found }) => {
    const own = median(found.lossbook?.times);
    return `| ${title} | ${peers.map((name) => toCell(found[name], own, name)).join(" | ")} |`;
  });
  return [head, `|---|${peers.map(() => "---:|").join("")}`, ...body].join("\n");
}

function toCell(found, own, name) {
  const ms = median(found?.times);
  if (ms === undefined) return "–";
  return name === "lossbook" || own === undefined ? toMs(ms) : `${toMs(ms)} (${toFactor(ms / own)})`;
}

/** Who could not do a line and why, what torch.compile adds, and which settings were the best. */
function toNotes(results, firstSteps) {
  const missing = [...Object.entries(results), ...Object.entries(firstSteps)].flatMap(([line, found]) =>
    Object.entries(found)
      .filter(([, { reason }]) => reason !== undefined)
      .map(
        ([name, { reason }]) =>
          `- ${PEERS[name].title} has no figure for (${line}): ${reason.replace(/^Error: /, "")}.`,
      ),
  );
  const compiled = Object.entries(results)
    .filter(([, found]) => found.compiled?.times?.length > 0)
    .map(([line, found]) => {
      const ms = median(found.compiled.times);
      return `- PyTorch with \`torch.compile\` on (${line}): ${toMs(ms)} ms (${toFactor(ms / median(found.lossbook.times))}).`;
    });
  const settings = Object.keys(PEERS).flatMap((name) => {
    const texts = Object.entries(results)
      .filter(([, found]) => Object.keys(found[name]?.settings ?? {}).length > 0)
      .map(([line, found]) => `(${line}) ${describeSettings(found[name].settings)}`);
    return texts.length === 0 ? [] : [`- The fastest settings of ${PEERS[name].title}: ${texts.join(", ")}.`];
  });
  return `${[...missing, ...compiled, ...settings].join("\n")}\n`;
}

function describeSettings({ optimizer, workers, solve }) {
  if (solve !== undefined) return `solver ${solve} the compiled function`;
  return optimizer ?? (workers ? "threads" : "one thread");
}

function toScaling({ rows, parameters }) {
  const table = ({ points }, what) =>
    [
      `| ${what} | ms a step |`,
      "|--:|--:|",
      ...points.map(({ size, ms }) => `| ${size.toLocaleString("en")} | ${toMs(ms)} |`),
    ].join("\n");
  const sentence = ({ exponent, last }) =>
    `Time grows as size to the power of **${exponent.toFixed(2)}** over all sizes, ${last.toFixed(2)} in the last decade, where the cost of a call counts least.`;
  return `
## Cost by rows and by parameters

A compiled step with Adam. Rows: linear regression with 30 features on full batches. Parameters: 100-h-10 with a growing hidden layer, batch 64.

${table(rows, "rows")}

${sentence(rows)}

${table(parameters, "parameters")}

${sentence(parameters)}
`;
}

function toMemory({ steps, functions, engine }) {
  const table = (column, what) =>
    [
      `| ${what} | resident, MB | heap and arrays, MB |`,
      "|--:|--:|--:|",
      ...column.map(
        ({ count, rss, heap }) => `| ${count.toLocaleString("en")} | ${rss.toFixed(1)} | ${heap.toFixed(2)} |`,
      ),
    ].join("\n");
  const growth = (column) => `${(column.at(-1).rss - column[0].rss).toFixed(1)} MB`;
  return `
## Memory

After a collection, over 10,000 steps of one compiled function, and over 200 compiled functions that are each run once and let go of, on ${engine.join(" and ")}.
From the first row to the last, resident memory grows by ${growth(steps)} and ${growth(functions)}.

${table(steps, "steps")}

${table(functions, "functions")}
`;
}

export function median(values) {
  return values === undefined || values.length === 0
    ? undefined
    : [...values].sort((a, b) => a - b)[values.length >> 1];
}

function toMs(ms) {
  return ms.toLocaleString("en", { maximumSignificantDigits: 3 });
}

function toFactor(factor) {
  return `${factor.toLocaleString("en", { maximumSignificantDigits: factor < 10 ? 2 : 3 })}×`;
}

function describeMachine() {
  const [{ model }] = cpus();
  return `${model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${system()} ${release()}`;
}

function describeVersions(peers) {
  const read = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
  const pins = Object.assign({}, ...peers.flatMap((name) => [PEERS[name].pip ?? {}, PEERS[name].npm ?? {}]));
  const installed = Object.entries(pins).map(([name, pin]) =>
    name === "torch" ? `PyTorch ${pin}` : `${name} ${read(join(NODE_PEERS, "node_modules", name))}`,
  );
  const own = [`lossbook ${read(ROOT)}`, `onnxruntime-node ${read(join(ROOT, "node_modules", "onnxruntime-node"))}`];
  return [...own, `Node ${process.versions.node}`, ...installed].join(", ");
}
