/**
 * Memory over 10,000 compiled steps, and over 200 different compiled functions: `node --expose-gc bench/training/memory.mjs` prints it as JSON.
 */
import { setImmediate as turn } from "node:timers/promises";
import { compile, loss, nn, random } from "../../dist/src/index.js";
import { makeStep } from "./step.mjs";

const STEPS = 10_000;
const FUNCTIONS = 200;
/** Pools fill and code is compiled in the first tenth: what grows after it does not stop. */
const SHOWN = [0.1, 0.25, 0.5, 0.75, 1];
/** What ran the functions: the sessions of an engine are what could leak. */
const engines = new Set();

console.log(JSON.stringify({ steps: await overSteps(), functions: await overFunctions(), engine: [...engines] }));
process.exit(0);

async function overSteps() {
  const model = nn.sequential(nn.linear(64, 64), nn.relu(), nn.linear(64, 10));
  const [x, y] = [random(1).normal([64, 64]), random(2).integers(0, 10, [64])];
  const { next, engine, release } = makeStep(model, loss.crossEntropy, model.init(random(0)));
  const column = await watch(STEPS, () => next(x, y));
  engines.add(engine());
  await release();
  return column;
}

/** Each with shapes of its own, run once and let go of. */
async function overFunctions() {
  const x = random(1).normal([128, 256]);
  return await watch(FUNCTIONS, async (i) => {
    const weight = random(i).normal([256, 256 + i]);
    const f = compile((x, weight) => x.matmul(weight).relu().sum());
    await f(x, weight);
    engines.add(compile.signatures(f)[0].engine);
  });
}

async function watch(count, work) {
  const column = [];
  for (let i = 1; i <= count; i++) {
    await work(i);
    if (SHOWN.some((part) => Math.round(part * count) === i)) column.push({ count: i, ...(await measure()) });
  }
  return column;
}

async function measure() {
  // what is collected runs finalizers, and those give buffers and sessions back, some turns later
  for (let i = 0; i < 10; i++) {
    globalThis.gc();
    await turn();
  }
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return { rss: rss / 2 ** 20, heap: (heapUsed + arrayBuffers) / 2 ** 20 };
}
