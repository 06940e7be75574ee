import { join } from "node:path";
import { HERE, PYTHON } from "./cache.mjs";

const inNode = (script) => [process.execPath, join(HERE, "peer", script)];
const inPython = (script) => [PYTHON, join(HERE, "peer", script)];

/**
 * Who takes part. Where a peer can be set in several ways, `settings` lists them: on each line all are tried – the same numbers, a short
 * measurement – and the fastest is measured, so that nobody is slow because it was asked in the wrong way.
 */
export const PEERS = {
  lossbook: {
    title: "Lossbook",
    command: inNode("lossbook.mjs"),
    settings: (line) => (line === "h" ? [{ solve: "inside" }, { solve: "outside" }] : [{}]),
  },
  torch: {
    title: "PyTorch",
    command: inPython("pytorch.py"),
    pip: { torch: "2.13.0" },
    // PyTorch's three ways to write an optimizer's step; on a CPU it takes the first unless told otherwise
    settings: (line) =>
      hasOptimizer(line) ? ["single", "foreach", "fused"].map((optimizer) => ({ optimizer })) : [{}],
  },
  compiled: {
    title: "torch.compile",
    command: inPython("pytorch.py"),
    pip: { torch: "2.13.0" },
    lines: ["c", "d"],
    settings: () => ["single", "fused"].map((optimizer) => ({ optimizer, compile: true })),
  },
  tfjs: {
    title: "TensorFlow.js wasm",
    command: inNode("tfjs.mjs"),
    npm: { "@tensorflow/tfjs": "4.22.0", "@tensorflow/tfjs-backend-wasm": "4.22.0" },
    settings: () => [{}],
  },
  jax: {
    title: "jax-js wasm",
    command: inNode("jax.mjs"),
    npm: { "@jax-js/jax": "0.1.25" },
    // Node has no `Worker` of the web, so that jax-js has one thread there; with one made of worker_threads it has as many as asked for
    settings: () => [{ workers: false }, { workers: true }],
  },
};

function hasOptimizer(line) {
  return line !== "g" && line !== "h";
}
