/** A training as graphs beside the same training op by op. */
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  data,
  leavesOf,
  loss,
  metric,
  nn,
  optim,
  random,
  type Tensor,
  type Tree,
  train,
  where,
} from "../../src/index.ts";

const quiet = { data: data.iris(), loss: loss.crossEntropy, progress: false, epochs: 3, batchSize: 40 } as const;
// no bias before the norm, which takes it away again: its gradient is nothing but rounding
const model = nn.sequential(
  nn.linear(4, 8, { bias: false }),
  nn.batchNorm(8),
  nn.tanh(),
  nn.dropout(0.2),
  nn.linear(8, 3),
);
const accuracy = (y: Tensor, logits: Tensor) => metric.accuracy(y, logits.argmax(-1));

afterEach(() => vi.restoreAllMocks());

/** What `fit` says about how it makes its steps. */
async function fitBoth(given: unknown, options: object) {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const engines: (string | undefined)[] = [];
  const run = (compile: boolean) =>
    train.fit(
      given as typeof model,
      {
        ...quiet,
        ...options,
        compile,
        onProgress: ({ engine }: { engine: string | undefined }) => void (compile && engines.push(engine)),
      } as never,
    );
  const [compiled, plain] = [await run(true), await run(false)];
  return { compiled, plain, engines, warnings: warn.mock.calls.map(([text]) => String(text)) };
}

function expectClose(actual: Tree, wanted: Tree, tolerance: number): void {
  const leaves = leavesOf(wanted);
  leavesOf(actual).forEach((leaf, k) => {
    leaf.data.forEach((value, i) => {
      const want = leaves[k]!.data[i]!;
      expect(Math.abs(value - want), `leaf ${k}, element ${i}: ${value} for ${want}`).toBeLessThan(
        tolerance * Math.max(1, Math.abs(want)),
      );
    });
  });
}

describe("the same training", () => {
  const ellipse = {
    params: { w: random(1).normal([4, 3]), b: random(2).normal([3]) },
    apply: (p: { w: Tensor; b: Tensor }, x: Tensor) => x.matmul(p.w).add(p.b),
  };

  test.each<[string, unknown, object]>([
    ["batch norm, dropout and a last batch that is not full", model, {}],
    ["validation and metrics", model, { validation: 0.3, metrics: { accuracy } }],
    ["metrics of the predictions made while training", model, { metrics: { accuracy } }],
    [
      "a penalty, clipping both ways",
      model,
      { penalty: (p: Tree) => loss.l2(p, { alpha: 0.1 }), clip: { norm: 0.1, value: 0.05 } },
    ],
    ["a schedule by step", model, { schedule: optim.schedule.cosine(0.1, { tMax: 12 }) }],
    [
      "a schedule of the optimizer",
      model,
      { optimizer: optim.nadam({ lr: optim.schedule.exponential(0.1, { gamma: 0.9 }) }) },
    ],
    ["reduceOnPlateau", model, { schedule: optim.schedule.reduceOnPlateau(0.05, { patience: 0 }) }],
    ["a model of one's own", ellipse, { optimizer: optim.sgd({ lr: 0.01, momentum: 0.9 }) }],
    ["L-BFGS", ellipse, { batchSize: 150, optimizer: optim.lbfgs({ lineSearchFn: "strongWolfe", maxIter: 4 }) }],
    [
      "a chain around L-BFGS",
      ellipse,
      { batchSize: 150, optimizer: optim.chain(optim.clipByValue(1), optim.lbfgs({ maxIter: 3 })) },
    ],
  ])("%s", async (_, given, options) => {
    const { compiled, plain, engines, warnings } = await fitBoth(given, options);
    expect(warnings).toEqual([]);
    expect(new Set(engines).size).toBe(1);
    expect(engines[0]).toMatch(/^\d+ ops → \d+ on (TypeScript|onnxruntime)/);
    compiled.history.train.forEach((value, i) => {
      expect(value).toBeCloseTo(plain.history.train[i]!, 3);
    });
    expect(compiled.history.learningRate).toEqual(plain.history.learningRate);
    expect(Object.keys(compiled.history.metrics)).toEqual(Object.keys(plain.history.metrics));
    expectClose(compiled.params as Tree, plain.params as Tree, 2e-3);
    expectClose(compiled.state as Tree, plain.state as Tree, 2e-3);
    expect(compiled.optimizerState.step).toBe(plain.optimizerState.step);
    expect(compiled.position).toEqual(plain.position);
  });

  test("goes on bit for bit from where it stopped", async () => {
    const options = { ...quiet, optimizer: optim.adam({ lr: 0.01 }), seed: 3 } as const;
    const whole = await train.fit(model, { ...options, epochs: 4 });
    const half = await train.fit(model, { ...options, epochs: 2 });
    const { seed: _, ...rest } = options;
    const again = await train.fit(model, { ...rest, epochs: 4, resume: half });
    expect(JSON.stringify(again.params)).toBe(JSON.stringify(whole.params));
    expect(again.history.train).toEqual(whole.history.train);
  });
});

describe("where it cannot be one graph", () => {
  test("a loss that looks at values is evaluated op by op, with one warning that says why", async () => {
    const peeking = (z: Tensor, y: Tensor) => (z.sum().item() > 1e9 ? z.sum() : loss.crossEntropy(z, y)) as Tensor;
    const { compiled, plain, engines, warnings } = await fitBoth(model, { loss: peeking, validation: 0.2 });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /^fit: not compiled but evaluated op by op: The values of a tensor of shape \[\] are not known while a function is compiled: choose with where\(condition, a, b\) instead of if \(at .*compile\.test\.ts:\d+:\d+\)\.$/,
    );
    expect(new Set(engines)).toEqual(new Set(["TypeScript, op by op"]));
    expect(JSON.stringify(compiled.params)).toBe(JSON.stringify(plain.params));
  });

  test("where() in its place is compiled", async () => {
    const { warnings } = await fitBoth(model, {
      loss: (z: Tensor, y: Tensor) => where(z.sum().greater(1e9), z.sum(), loss.crossEntropy(z, y as never)),
    });
    expect(warnings).toEqual([]);
  });

  test("what is wrong op by op as well is an error, and no warning", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const failing = (z: Tensor, y: Tensor) => {
      if (!z.hasData) throw new Error("only with values");
      if (z.shape[0] === 30) throw new RangeError("the last batch");
      return loss.crossEntropy(z, y as never) as Tensor;
    };
    await expect(train.fit(model, { ...quiet, loss: failing as never })).rejects.toThrow("the last batch");
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      "fit: not compiled but evaluated op by op: only with values",
    ]);
  });

  test("an optimizer of one's own that computes with the step is compiled anew a few times, then evaluated op by op", async () => {
    const own: optim.Optimizer = {
      ...optim.sgd(),
      takesTensor: false,
      update(gradients, state, params, options) {
        return optim.sgd().update(gradients, state, params, { ...options, lr: 0.1 / (state.step + 1) });
      },
    };
    const { compiled, plain, warnings } = await fitBoth(nn.linear(4, 3), { optimizer: own, epochs: 10 });
    expect(warnings.at(-1)).toBe(
      "fit: not compiled but evaluated op by op: it was compiled anew in 16 of 17 steps – a plain number in it, or the size of the batches, changes from step to step.",
    );
    expectClose(compiled.params as Tree, plain.params as Tree, 1e-3);
  });

  test("a label that does not exist, in a later batch, is the sentence of the loss", async () => {
    const { features: x, target } = data.iris();
    const y = where(x.sum(1).equal(x.sum(1).min()), 7, target) as Tensor;
    await expect(
      train.fit(nn.linear(4, 3), { ...quiet, data: { x, y }, loss: loss.crossEntropy as never, batchSize: 10 }),
    ).rejects.toThrow(/^crossEntropy: label 7 is out of range for 3 classes/);
  });
});

test("a training that diverges tells the norms of the gradients", async () => {
  const line = { params: { w: random(1).normal([4, 1]) }, apply: (p: { w: Tensor }, x: Tensor) => x.matmul(p.w) };
  const rows = { x: data.iris().features, y: data.iris().target.to("float32").reshape([150, 1]) };
  const fitted = (compile: boolean) =>
    train
      .fit(line, {
        data: rows,
        loss: loss.mse as never,
        optimizer: optim.sgd({ lr: 1e6 }),
        epochs: 9,
        progress: false,
        compile,
      })
      .then(
        () => undefined,
        (error: Error) => error as InstanceType<typeof train.DivergenceError>,
      );
  const [compiled, plain] = [await fitted(true), await fitted(false)];
  expect(compiled).toBeInstanceOf(train.DivergenceError);
  expect(compiled!.step).toBe(plain!.step);
  expect(compiled!.normBefore / plain!.normBefore).toBeCloseTo(1, 3);
  expect(compiled!.message).toMatch(/^fit: the loss is (infinite|NaN) at step \d+/);
});
