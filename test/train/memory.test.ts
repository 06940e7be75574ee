/** Memory does not grow with the number of steps: a process of its own trains and measures its heap, each time after a collection. */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";

const source = `
  import { loss, nn, optim, random, train } from "./src/index.ts";
  const x = random(1).normal([96, 4]);
  const data = { x, y: x.sum(1).reshape([96, 1]) };
  const model = nn.sequential(nn.linear(4, 8), nn.tanh(), nn.linear(8, 1));
  const used = [];
  const total = Number(process.argv[2]);
  const measure = () => {
    gc();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    used.push((heapUsed + arrayBuffers) / 2 ** 20);
  };
  const began = performance.now();
  await train.fit(model, {
    data,
    loss: loss.mse,
    optimizer: optim.adam(),
    epochs: total / 3,
    progress: false,
    callbacks: { onEpoch: ({ totalSteps }) => { if (totalSteps % (total / 10) < 3) measure(); } },
  });
  console.log(JSON.stringify({ used, seconds: (performance.now() - began) / 1000 }));
`;

/** How much is in use at ten points of a training of so many steps, in MB. */
function measure(steps: number): { used: number[]; seconds: number } {
  const root = resolve(import.meta.dirname, "../..");
  const outfile = join(mkdtempSync(join(tmpdir(), "memory-")), "train.mjs");
  const stdin = { contents: source, resolveDir: root, loader: "ts" as const };
  buildSync({
    stdin,
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["vega", "vega-lite", "@resvg/*", "onnxruntime-node", "onnx-proto"],
  });
  const printed = execFileSync(process.execPath, ["--expose-gc", outfile, String(steps)], { encoding: "utf8" });
  return JSON.parse(printed) as { used: number[]; seconds: number };
}

test("6,000 steps", { timeout: 120_000 }, () => {
  const { used } = measure(6000);
  expect(used.length).toBeGreaterThanOrEqual(9);
  // the history of 2,000 epochs takes 0.1 MB; a step that kept as little as 512 bytes would show as 3 MB
  expect(Math.max(...used.slice(2)) - used[2]!, used.map((mb) => mb.toFixed(2)).join(", ")).toBeLessThan(1);
});
