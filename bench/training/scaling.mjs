/**
 * What a compiled step costs as rows or parameters grow, over three decades: `node bench/training/scaling.mjs [threads]` prints it as JSON.
 */
import { leavesOf, loss, nn, random } from "../../dist/src/index.js";
import { makeStep } from "./step.mjs";

const ROUNDS = 5;
const ROUND_MS = 200;
const threads = process.argv[2] === undefined ? {} : { threads: Number(process.argv[2]) };

/** 30 features, one output; full batches of more and more rows. */
const byRows = [100, 1000, 10_000, 100_000].map((rows) => {
  const model = nn.linear(30, 1);
  const x = random(0).normal([rows, 30]);
  return { size: rows, model, loss: loss.mse, x, y: x.sum(1).unsqueeze(1) };
});

/** 100 features, a batch of 64, a hidden layer of more and more units: 111 parameters a unit, and 10. */
const byParameters = [9, 90, 900, 9000].map((hidden) => {
  const model = nn.sequential(nn.linear(100, hidden), nn.relu(), nn.linear(hidden, 10));
  const [x, y] = [random(0).normal([64, 100]), random(1).integers(0, 10, [64])];
  return { size: 111 * hidden + 10, model, loss: loss.crossEntropy, x, y };
});

const found = {};
for (const [name, cases] of Object.entries({ rows: byRows, parameters: byParameters }))
  found[name] = await measure(cases);
console.log(JSON.stringify(found));
process.exit(0);

/** Rounds go over all sizes, so that a machine that drifts bends no curve. */
async function measure(cases) {
  const running = [];
  for (const { size, model, loss, x, y } of cases) {
    const params = model.init(random(2));
    const count = leavesOf(params).reduce((sum, { size }) => sum + size, 0);
    const { next } = makeStep(model, loss, params, undefined, threads);
    const run = () => next(x, y);
    for (let i = 0; i < 3; i++) await run();
    const ms = await time(run, 5);
    running.push({ size, count, run, steps: Math.max(3, Math.round(ROUND_MS / ms)), times: [] });
  }
  for (let round = 0; round < ROUNDS; round++)
    for (const { run, steps, times } of running) times.push(await time(run, steps));
  const points = running.map(({ size, count, times }) => ({ size, parameters: count, ms: median(times) }));
  return { points, exponent: slopeOf(points), last: slopeOf(points.slice(-2)) };
}

async function time(run, steps) {
  const start = performance.now();
  let last;
  for (let i = 0; i < steps; i++) last = await run();
  last.item();
  return (performance.now() - start) / steps;
}

/** The slope of log time over log size, by least squares. */
function slopeOf(points) {
  const logs = points.map(({ size, ms }) => [Math.log(size), Math.log(ms)]);
  const mean = (values) => values.reduce((a, b) => a + b) / values.length;
  const [mx, my] = [mean(logs.map(([x]) => x)), mean(logs.map(([, y]) => y))];
  const over = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return over / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
