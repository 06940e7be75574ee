/** Trainings by PyTorch from the same parameters on the same batches, loss by loss; `golden/training.py` made the table. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { data, leavesOf, loss, nn, optim, random, type Tensor, tensor, train } from "../../src/index.ts";

interface Packed {
  shape: number[];
  data: number[];
}

interface Run {
  train: number[];
  validation: number[];
  learningRate: number[];
  params: Record<string, Packed>;
}

interface Case {
  name: string;
  epochs: number;
  batchSize: number;
  x?: Packed;
  y?: Packed;
  initial: Record<string, Packed>;
  float64: Run;
  float32: Run;
}

const { cases } = JSON.parse(readFileSync(new URL("golden/training.json", import.meta.url), "utf8")) as {
  cases: Case[];
};
type DType = "float32" | "float64";

const unpack = ({ shape, data }: Packed, dtype: DType): Tensor => tensor(data, { dtype }).reshape(shape);
const mlp = nn.sequential(nn.linear(4, 8), nn.relu(), nn.linear(8, 3));
const normed = nn.sequential(nn.linear(4, 6), nn.batchNorm(6), nn.tanh(), nn.linear(6, 3));

/** What to do for each case; a case without an entry fails. */
const settings: Record<string, { model: unknown; loss: unknown; options: object; held?: number }> = {
  "linear regression": {
    model: nn.sequential(nn.linear(3, 1)),
    loss: loss.mse,
    options: { optimizer: optim.sgd({ lr: 0.05, momentum: 0.9 }) },
    held: 40,
  },
  iris: { model: mlp, loss: loss.crossEntropy, options: { optimizer: optim.adam({ lr: 0.01 }) }, held: 120 },
  "iris, schedule by step, clipped": {
    model: mlp,
    loss: loss.crossEntropy,
    options: { optimizer: optim.adamw(), schedule: optim.schedule.cosine(0.05, { tMax: 24 }), clip: 0.5 },
  },
  "iris, schedule by epoch": {
    model: mlp,
    loss: loss.crossEntropy,
    options: {
      optimizer: optim.sgd(),
      schedule: optim.schedule.step(0.1, { stepSize: 3, gamma: 0.5 }),
      schedulePer: "epoch",
    },
  },
  "iris, batch norm": {
    model: normed,
    loss: loss.crossEntropy,
    options: { optimizer: optim.sgd({ lr: 0.1 }) },
    held: 100,
  },
};

function toRows({ x, y }: Case, dtype: DType): { x: Tensor; y: Tensor } {
  if (x && y) return { x: unpack(x, dtype), y: unpack(y, dtype) };
  const { features, target } = data.iris();
  // 5.1 in float64 is another number than 5.1 in float32
  return { x: dtype === "float64" ? features.to("float64").mul(10).round().div(10) : features, y: target };
}

const toTree = (packed: Record<string, Packed>, dtype: DType): Tensor[] =>
  Object.values(packed).map((each) => unpack(each, dtype));

/** Parameters in PyTorch's order in the form of the model's. */
function place(like: unknown, leaves: Tensor[]): unknown {
  if (Array.isArray(like)) return like.map((each) => place(each, leaves));
  return Object.fromEntries(Object.keys(like as object).map((key) => [key, leaves.shift()]));
}

function expectClose(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(wanted.length);
  wanted.forEach((value, i) => {
    const error = Math.abs(actual[i]! - value) / Math.max(Math.abs(value), tolerance);
    expect(error, `${actual[i]} where PyTorch has ${value} at ${i}`).toBeLessThan(tolerance);
  });
}

describe.each(cases)("$name", (given) => {
  test.each([
    ["float64", 1e-10],
    ["float32", 1e-5],
  ] as const)("%s", async (dtype, tolerance) => {
    const { model, loss: criterion, options, held } = settings[given.name]!;
    const rows = toRows(given, dtype);
    const layer = model as typeof mlp;
    const params = place(layer.init(random(0)), toTree(given.initial, dtype));
    const wanted = given[dtype];
    const fitted = await train.fit(layer, {
      ...options,
      loss: criterion as typeof loss.crossEntropy,
      data: rows,
      ...(held && { validation: { x: rows.x.slice([held]), y: rows.y.slice([held]) } }),
      params: params as never,
      epochs: given.epochs,
      batchSize: given.batchSize,
      shuffle: false,
      progress: false,
    });
    expectClose(fitted.history.train, wanted.train, tolerance);
    expectClose(fitted.history.validation, wanted.validation, tolerance);
    expectClose(fitted.history.learningRate, wanted.learningRate, 1e-12);
    const last = Object.values(wanted.params).flatMap(({ data }) => data);
    const found = leavesOf(fitted.params).flatMap((leaf) => [...leaf.data]);
    last.forEach((value, i) => {
      expect(Math.abs(found[i]! - value), `parameter ${i}`).toBeLessThan(10 * tolerance * Math.max(1, Math.abs(value)));
    });
  });
});
