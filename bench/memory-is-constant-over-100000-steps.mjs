/**
 * 100,000 training steps at constant memory: heap and typed arrays after a collection, along a training by `train.fit` and one by hand. What a step
 * keeps would show: 100 bytes are 9 MB in the end. `npm run bench:memory`.
 */
import { loss, nn, optim, random, train, valueAndGrad } from "../dist/src/index.js";

const STEPS = 100_000;
const SHOWN = [10_000, 25_000, 50_000, 75_000, 100_000];
const ALLOWED = 1;

const x = random(1).normal([32, 4]);
const y = x.sum(1).unsqueeze(1);
const model = nn.sequential(nn.linear(4, 8), nn.tanh(), nn.linear(8, 1));

const used = { "by hand": await byHand(), "train.fit": await byFit() };
console.log(`| steps | ${Object.keys(used).join(" | ")} |\n|--:|--:|--:|`);
for (const [i, steps] of SHOWN.entries()) {
  const cells = Object.values(used).map((column) => `${column[i].toFixed(2)} MB`);
  console.log(`| ${steps.toLocaleString("en")} | ${cells.join(" | ")} |`);
}
const growth = Math.max(...Object.values(used).map((column) => column.at(-1) - column[0]));
console.log(`growth ${growth.toFixed(2)} MB, at most ${ALLOWED} MB, Node ${process.versions.node}`);
process.exitCode = growth <= ALLOWED ? 0 : 1;

async function byHand() {
  const optimizer = optim.adam();
  const step = valueAndGrad((params) => loss.mse(model.apply(params, x), y));
  let params = model.init(random(0));
  let state = optimizer.init(params);
  const column = [];
  for (let i = 1; i <= STEPS; i++) {
    const [, gradients] = step(params);
    ({ params, state } = optimizer.update(gradients, state, params));
    if (SHOWN.includes(i)) column.push(await measure());
  }
  return column;
}

/** Epochs of 1,000 steps: a history has a row for each epoch, and that is what it may keep. */
async function byFit() {
  const column = [];
  const many = random(2).normal([1000, 4]);
  await train.fit(model, {
    data: { x: many, y: many.sum(1).unsqueeze(1) },
    loss: loss.mse,
    optimizer: optim.adam(),
    batchSize: 1,
    epochs: STEPS / 1000,
    progress: false,
    callbacks: {
      onEpoch: async ({ totalSteps }) => {
        if (SHOWN.includes(totalSteps)) column.push(await measure());
      },
    },
  });
  return column;
}

async function measure() {
  // buffers of typed arrays are given back a turn after the objects
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await new Promise(setImmediate);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}
