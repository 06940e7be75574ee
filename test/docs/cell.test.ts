/** What a cell's author is told about the preloaded names: completion, inspection, options that do not exist, shapes. */
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { preloaded } from "../../src/preloaded.ts";
import { openNotebook } from "../language/notebook.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const { language, check, close } = openNotebook({}, { library: [resolve(ROOT, "dist/src/notebook.d.ts")] });
afterAll(close);

beforeAll(async () => {
  expect(await check(CELL)).toEqual([]);
});

const CELL = `
  const images = tensor.zeros([128, 784]);
  const hidden = random(0).normal([784, 10]);
  const scores = images.matmul(hidden);
  const labels = scores.argmax(1);
  const rows = images.slice([0, 32]);
  const net = nn.sequential(nn.linear(784, 64), nn.relu(), nn.linear(64, 10));
  const weights = net.init(random(1));
  const read = (size: number) => tensor.zeros([size, 10]);
  const some = read(7);
`;

async function inspect(source: string): Promise<string> {
  return (await language.inspect(source, source.length, 0))?.markdown ?? "";
}

async function complete(source: string): Promise<string[]> {
  return (await language.complete(source, source.length)).matches;
}

describe("completes", () => {
  const objects = Object.entries(preloaded).filter(([name]) => !/^[A-Z]/.test(name));
  const nested = objects.flatMap(([name, value]: [string, object]) => {
    const inside = Object.entries(value).filter(([, each]) => typeof each === "object");
    return [[name, value] as const, ...inside.map(([each, held]) => [`${name}.${each}`, held as object] as const)];
  });

  test("names that are preloaded", async () => {
    for (const name of Object.keys(preloaded)) expect(await complete(name.slice(0, -1))).toContain(name);
  });

  test.each(nested.filter(([, value]) => Object.keys(value).length > 0))("everything in %s", async (name, value) => {
    expect(await complete(`${name}.`)).toEqual(expect.arrayContaining(Object.keys(value)));
  });

  test("every loss: one file, one name", async () => {
    const shared = ["index", "reduce", "labelled", "overlap", "penalty"];
    const files = readdirSync(resolve(ROOT, "src/loss")).filter((file) => file.endsWith(".ts"));
    const losses = files.map((file) => file.slice(0, -3)).filter((name) => !shared.includes(name));
    expect(losses.length).toBeGreaterThan(48);
    expect((await complete("loss.")).toSorted()).toEqual(losses.toSorted());
  });

  test("options, and what is called for what it is not", async () => {
    expect(await complete("optim.adam({ ")).toEqual(
      expect.arrayContaining(["amsgrad", "betas", "eps", "lr", "weightDecay"]),
    );
    expect(await complete('loss.mse(scores, scores, { reduction: "')).toEqual(["mean", "none", "sum"]);
    expect(await complete("scores.log")).toEqual(expect.arrayContaining(["log", "logSumExp", "logSoftmax"]));
  });
});

/** What is pointed at, with a part of its text, of its formula, and of its example. */
const INSPECTED: [source: string, ...parts: string[]][] = [
  ["loss.focal", "turned down where the model is right already", "`l = –α_y (1 – p_y)^γ log p_y`", "// 0.010869"],
  ["loss.crossEntropy", "`l = –log p_y` with `p = softmax(logits)`", "// 0.048587"],
  ["loss.mse", "(prediction – target)²", "loss.mse("],
  ["loss.minimax.generator", "`–E softplus(fake)`", "// -0.693147"],
  ["optim.adam", "steps of about `lr`", "`m ← β₁ m + (1 – β₁) g`", "optim.adam({ lr: 0.1 })"],
  ["optim.schedule.cosine", "(1 + cos(π i / tMax)) / 2", "optim.schedule.cosine("],
  ["nn.linear", "`y = x Wᵀ + b` on the last axis", "nn.linear(784, 10)", "// [128, 10]"],
  ["nn.relu", "`max(x, 0)`", "// [0, 0, 2]"],
  ["nn.softplus", "`log(1 + e^(beta·x)) / beta`", "// [0.126928, 0.6931472, 2.1269281]"],
  ["tensor", "function tensor(data: Nested, options?: CreateOptions)\n", "Makes a tensor", "tensor([[1, 2], [3, 4]])"],
  ["tensor.zeros", "function zeros<", "zeros([2]).toArray() // [0, 0]"],
  ["compile", "function compile(f: ", "await square("],
  ["Tensor", "const Tensor\n", "as a type"],
  ["loss", "namespace loss", "loss.mse("],
  ["optim.schedule", "namespace schedule"],
  ["train.safetensors", "namespace safetensors"],
  ["nn.gru", "Otherwise as `rnn`.", "// [2, 5, 16]"],
  ["scores.topk", "The `k` largest", "// [3, 2]"],
  ["random(0).permutation", "in random order", "// [0, 1, 2, 3]"],
  ["tensor.concat", "joined along an axis", "// [1, 2, 3]"],
  ["linalg.solve", "The `x` of `A x = b`", "// [1, 0.5]"],
  ["metric.f1", "`2 P R / (P + R) = 2 TP / (2 TP + FP + FN)`", "// [0.8, 0, 0]"],
  ["model.ridge", "α ‖w‖²", "{ alpha: 0.5 }"],
  ["data.iris", "150 flowers", "// [150, 4]"],
  ["random", "the same seed gives the same numbers", "// [2, 3]"],
  ["grad", "The gradient of a function", "// [2, 4, 6]"],
  ["train.fit", "params ← optimizer(", "train.fit("],
  ["chart.lossCurve", "Loss against epoch", "chart.lossCurve("],
  ["scores.softmax", "`eˣ / Σ eˣ` along an axis"],
];

describe("inspects", () => {
  test.each(INSPECTED)("%s", async (source, ...parts) => {
    const shown = await inspect(source);
    for (const part of parts) expect(shown).toContain(part);
  });

  test.each(Object.keys(preloaded))("%s: what it is, an example, no place on this machine", async (name) => {
    const shown = await inspect(name);
    expect(shown).toMatch(/\n```\n\w.+\.\n\n\*@example\*/);
    expect(shown).not.toContain(ROOT);
  });
});

/** The cell, what stands in it wrongly, and what would be right, where there is a guess. */
const WRONG: [cell: string, name: string, meant?: string][] = [
  ["optim.adam({ learningRate: 1 })", "learningRate"],
  ["optim.sgd({ lr: 0.1, momentum: 0.9, nestrov: true })", "nestrov", "nesterov"],
  ["optim.adamw({ decay: 0.1 })", "decay"],
  ["optim.rmsprop({ rho: 0.9 })", "rho"],
  ["loss.crossEntropy(scores, labels, { smoothing: 0.1 })", "smoothing"],
  ["loss.mse(scores, scores, { reduce: 'mean' })", "reduce"],
  ["loss.focal(scores, scores, { gama: 2 })", "gama", "gamma"],
  ["loss.huber(scores, scores, { beta: 1 })", "beta"],
  ["nn.linear(2, 3, { useBias: false })", "useBias"],
  ["nn.conv2d(3, 8, 3, { pad: 1 })", "pad"],
  ["nn.maxPool2d(2, { strides: 2 })", "strides", "stride"],
  ["nn.lstm(2, 3, { layers: 2 })", "layers"],
  ["nn.layerNorm(8, { epsilon: 1e-5 })", "epsilon"],
  ["metric.f1([0, 1], [0, 1], { avg: 'macro' })", "avg"],
  ["tensor.zeros([2], { type: 'float64' })", "type", "dtype"],
  ["random(0).normal([2], { stddev: 1 })", "stddev"],
  ["scores.sum(0, { keepdim: true })", "keepdim", "keepDims"],
  ["data.split(data.iris(), { test_size: 0.2 })", "test_size", "testSize"],
  ["model.ridge([[0], [1]], [0, 1], { lambda: 1 })", "lambda"],
  ["chart.lossCurve({ train: [1] }, { logScale: true })", "logScale"],
];

describe("an option that does not exist does not compile", () => {
  test.each(WRONG)("%s", async (cell, name, meant) => {
    const column = cell.indexOf(` ${name}:`) + 2;
    const [problem, ...others] = await check(cell);
    expect(others).toEqual([]);
    expect(problem).toMatch(new RegExp(`^In \\[\\d+\\]:1:${column} - error TS(2353|2561): .*'${name}' does not exist`));
    if (meant !== undefined) expect(problem).toContain(`Did you mean to write '${meant}'?`);
  });

  test("nor does a value that is none of the choices", async () => {
    expect(await check("loss.mse(scores, scores, { reduction: 'average' })")).toEqual([
      expect.stringContaining(`Type '"average"' is not assignable to type 'Reduction | undefined'.`),
    ]);
  });
});

/** A variable of the cell above, and how its shape is shown. */
const SHAPES: [source: string, shown: string][] = [
  ["images", "const images: Tensor<readonly [128, 784]>"],
  ["scores", "const scores: Tensor<readonly [128, 10]>"],
  ["labels", "const labels: Tensor<readonly [128]>"],
  ["rows", "const rows: Tensor<readonly [32, 784]>"],
  ["some", "const some: Tensor<readonly [number, 10]>"],
  ["const logits = net.apply(weights, images); logits", "const logits: Tensor<readonly [128, 10]>"],
  ["const l = loss.crossEntropy(scores, labels); l", "const l: Tensor<readonly []>"],
  ["const w = weights[2].weight; w", "const w: Tensor<readonly [10, 64]>"],
];

describe("hovering shows a shape", () => {
  test.each(SHAPES)("%s", async (source, shown) => {
    expect(await inspect(source)).toContain(shown);
  });
});
