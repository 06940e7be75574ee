import { describe, expect, test } from "vitest";
import {
  arange,
  checkGradients,
  leavesOf,
  nn,
  ones,
  random,
  type Tensor,
  type Tree,
  tensor,
  zeros,
} from "../../src/index.ts";
import { layers } from "./layers.ts";

const table = layers.map(([layer, input]) => {
  const each = layer as nn.Layer;
  return [`${each.name}(${each.settings}) on [${input.join(", ")}]`, each, input] as const;
});

describe.each(table)("%s", (_, layer, input) => {
  const generator = random(11);
  const params = layer.init(generator, { dtype: "float64" });
  const state = layer.initState({ dtype: "float64" });
  const x = generator.normal(input, { dtype: "float64" });
  const trained = (p: Tree, at: Tensor) => layer.train(p, at, { state, generator: random(3) });

  test("says its output shape before there is an input", () => {
    const y = layer.apply(params, x, state);
    expect(layer.flow(input)).toEqual(y.shape);
    const unknown = layer.flow(input.map((n, axis) => (axis === 0 ? Number.NaN : n)));
    expect(unknown.length).toBe(y.rank);
    expect(trained(params, x)[0].shape).toEqual(y.shape);
    layer.flow(["…"]);
  });

  test("counts its parameters", () => {
    expect(leavesOf(params).reduce((sum, { size }) => sum + size, 0)).toBe(layer.size);
  });

  test("has the gradients of differences, by parameters and by input, in training and at evaluation", () => {
    const weights = random(5).normal(layer.apply(params, x, state).shape, { dtype: "float64" });
    const both = [params, x] as const;
    const value = (y: Tensor): Tensor => y.mul(weights).sum();
    checkGradients(([p, at]: readonly Tree[]) => value(layer.apply(p!, at as Tensor, state)), both as readonly Tree[]);
    checkGradients(([p, at]: readonly Tree[]) => value(trained(p!, at as Tensor)[0]), both as readonly Tree[]);
  });

  test("is pure, and keeps float32 and float64", () => {
    const once = layer.apply(params, x, state);
    expect(layer.apply(params, x, state).toArray()).toEqual(once.toArray());
    expect(trained(params, x)[0].toArray()).toEqual(trained(params, x)[0].toArray());
    expect(once.dtype).toBe("float64");
    const single = layer.apply(layer.init(random(1)), x.to("float32"), layer.initState());
    expect(single.dtype).toBe("float32");
    expect(
      leavesOf(layer.train(layer.init(random(1)), x.to("float32"), { state: layer.initState(), generator })[1]).every(
        (leaf) => leaf.dtype === "float32",
      ),
    ).toBe(true);
  });

  test("draws the same parameters from the same seed", () => {
    expect(JSON.stringify(layer.init(random(7)))).toBe(JSON.stringify(layer.init(random(7))));
  });

  test("shows itself", () => {
    const bundle = (layer as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]!();
    expect(bundle["text/plain"]).toContain(`Total: ${String(layer.size).replace(/\B(?=(\d{3})+$)/g, ",")} parameters`);
    expect(bundle["text/html"]).toContain("<table>");
  });
});

describe("what is known about them", () => {
  test("dropout: the expectation is the input, and about p of it is gone", () => {
    const x = ones([200, 500]);
    const [y] = nn.dropout(0.3).train({}, x, { generator: random(0) });
    expect(y.mean().item()).toBeCloseTo(1, 2);
    expect(y.equal(0).to("float32").mean().item()).toBeCloseTo(0.3, 2);
    expect(nn.dropout(0.3).apply({}, x)).toBe(x);
  });

  test("dropout without a generator says how", () => {
    expect(() => nn.dropout().train({}, ones([3]))).toThrow(
      "dropout: training draws random numbers: train(params, x, { generator: random(0) }).",
    );
  });

  test("batchNorm: a batch of mean 0 and variance 1 comes out, and the statistics move by a tenth", () => {
    const norm = nn.batchNorm(2);
    const x = random(1).normal([64, 2, 5], { mean: 3, std: 2, dtype: "float64" });
    const params = norm.init(random(0), { dtype: "float64" });
    const [y, state] = norm.train(params, x, { state: norm.initState({ dtype: "float64" }) });
    (y.mean([0, 2]).toArray() as number[]).map((mean) => expect(mean).toBeCloseTo(0, 12));
    (y.var([0, 2], { correction: 0 }).toArray() as number[]).map((v) => expect(v).toBeCloseTo(1, 4));
    expect(state.runningMean.toArray()).toEqual(
      x
        .mean([0, 2])
        .toArray()
        .map((m) => expect.closeTo(m * 0.1, 12)),
    );
    expect(state.runningVar.toArray()).toEqual(
      x
        .var([0, 2])
        .toArray()
        .map((v) => expect.closeTo(0.9 + v * 0.1, 12)),
    );
    expect(norm.apply(params, x, state).toArray()).not.toEqual(y.toArray());
  });

  test("batchNorm says what it misses", () => {
    const norm = nn.batchNorm(2);
    const params = norm.init(random(0));
    expect(() => norm.apply(params, zeros([3, 2]), undefined as never)).toThrow(
      "batchNorm: evaluation needs the statistics: apply(params, x, state).",
    );
    expect(() => norm.train(params, zeros([3, 2]), {} as never)).toThrow(
      "batchNorm: training moves the statistics on: train(params, x, { state }), at first { state: layer.initState() }.",
    );
    expect(() => norm.train(params, zeros([1, 2]), { state: norm.initState() })).toThrow(
      "batchNorm: training on shape [1, 2] has one value per channel",
    );
  });

  test("a recurrent run goes on where another ended", () => {
    const layer = nn.lstm(3, 4);
    const params = layer.init(random(0), { dtype: "float64" });
    const x = random(1).normal([6, 2, 3], { dtype: "float64" });
    const whole = layer.run(params, x);
    const first = layer.run(params, x.slice([0, 2]));
    const second = layer.run(params, x.slice([2, 6]), first);
    expect(second.hidden.toArray()).toEqual(whole.hidden.toArray());
    expect(second.output.toArray()).toEqual(whole.output.slice([2, 6]).toArray());
    expect(() => layer.run(params, x, { hidden: zeros([2, 2, 4]) })).toThrow(
      "lstm: a first hidden state of shape [2, 2, 4] where [1, 2, 4] is needed",
    );
  });

  test("causal attention does not look ahead", () => {
    const layer = nn.multiHeadAttention(8, 2, { causal: true });
    const params = layer.init(random(0));
    const x = random(1).normal([1, 5, 8]);
    const changed = x.mul(tensor([[1], [1], [1], [5], [5]]));
    const rows = (y: Tensor) => y.slice(null, [0, 3]).toArray();
    expect(rows(layer.apply(params, changed))).toEqual(rows(layer.apply(params, x)));
  });

  test("the table of a model", () => {
    const model = nn.sequential(
      nn.conv2d(1, 8, 3),
      nn.residual(nn.sequential(nn.batchNorm(8), nn.relu())),
      nn.flatten(),
      nn.linear(5408, 10),
    );
    const show = (model as unknown as Record<symbol, () => string>)[Symbol.for("nodejs.util.inspect.custom")]!;
    expect(show()).toBe(`Layer              Output        Parameters
conv2d(1, 8, 3×3)  [?, 8, ?, ?]          80
residual()         [?, 8, ?, ?]          16
  sequential()     [?, 8, ?, ?]          16
    batchNorm(8)   [?, 8, ?, ?]          16
    relu()         [?, 8, ?, ?]           0
flatten()          [?, ?]                 0
linear(5408, 10)   [?, 10]           54,090
Total: 54,186 parameters`);
  });

  test("an embedding's padding stays at zeros", () => {
    const layer = nn.embedding(4, 2, { paddingIdx: 1 });
    expect(layer.init(random(0)).weight.at(1).toArray()).toEqual([0, 0]);
    expect(() => layer.apply(layer.init(random(0)), tensor([4]))).toThrow("index 4 at 0 is not in an axis of 4");
  });
});

describe("options are checked when the layer is made, parameters when it is used", () => {
  test.each<[string, () => unknown]>([
    ["linear: inputs must be a whole number of at least 1, got 0.", () => nn.linear(0, 3)],
    ["linear: outputs must be a whole number of at least 1, got 2.5.", () => nn.linear(3, 2.5)],
    ["conv2d: kernelSize must be a whole number of at least 1, got 0.", () => nn.conv2d(3, 4, [2, 0])],
    ["conv2d: 3 inChannels do not divide into 2 groups.", () => nn.conv2d(3, 4, 2, { groups: 2 })],
    ["convTranspose1d: 3 outChannels do not divide into 2 groups.", () => nn.convTranspose1d(4, 3, 2, { groups: 2 })],
    ["bilinear: outputs must be a whole number of at least 1, got 0.", () => nn.bilinear(3, 2, 0)],
    ["glu: axis 2 is not in shape [2, 4]", () => nn.glu(2).apply({}, zeros([2, 4]))],
    ["glu: axis 0 of shape [3, 4] does not divide into 2 halves", () => nn.glu(0).apply({}, zeros([3, 4]))],
    ["convTranspose2d: 3 outChannels do not divide into 2 groups.", () => nn.convTranspose2d(4, 3, 2, { groups: 2 })],
    ["maxPool2d: kernelSize must be a whole number of at least 1, got 0.", () => nn.maxPool2d(0)],
    ["batchNorm: momentum must lie in [0, 1], got 2.", () => nn.batchNorm(3, { momentum: 2 })],
    ["batchNorm: eps must be at least 0, got -1.", () => nn.batchNorm(3, { eps: -1 })],
    ["layerNorm: normalizedShape must be a whole number of at least 1, got 0.", () => nn.layerNorm([0])],
    ["dropout: p must lie in [0, 1), got 1.5.", () => nn.dropout(1.5)],
    ["embedding: paddingIdx must be a whole number below 4, got 4.", () => nn.embedding(4, 2, { paddingIdx: 4 })],
    ['rnn: nonlinearity must be "tanh" or "relu", got "gelu".', () => nn.rnn(3, 4, { nonlinearity: "gelu" as never })],
    ["lstm: numLayers must be a whole number of at least 1, got 0.", () => nn.lstm(3, 4, { numLayers: 0 })],
    ["multiHeadAttention: a size of 6 does not divide into 4 heads.", () => nn.multiHeadAttention(6, 4)],
    ["softplus: beta must be above 0, got 0.", () => nn.softplus({ beta: 0 })],
    ['gelu: approximate must be "none" or "tanh", got "erf".', () => nn.gelu({ approximate: "erf" as never })],
    [
      "linear: a parameter weight of shape [3, 4] where [4, 3] is needed",
      () => nn.linear(3, 4).apply({ weight: zeros([3, 4]), bias: zeros([4]) } as never, zeros([2, 3])),
    ],
    [
      "linear: parameters with [kernel] where [weight, bias] are needed.",
      () => nn.linear(3, 4).apply({ kernel: zeros([3, 4]) } as never, zeros([2, 3])),
    ],
    [
      "sequential: parameters of 1 layers where 2 are needed.",
      () => nn.sequential(nn.relu(), nn.tanh()).apply([{}] as never, zeros([2])),
    ],
    ["fans: shape [3] where at least 2 axes are needed", () => nn.heNormal(random(0), [3])],
    [
      'heNormal: mode must be "fanIn" or "fanOut", got "fan".',
      () => nn.heNormal(random(0), [3, 3], { mode: "fan" as never }),
    ],
    ["truncatedNormal: std must be above 0, got 0.", () => nn.truncatedNormal(random(0), [3], { std: 0 })],
    ['gain: the nonlinearity "swish" has none.', () => nn.gain("swish" as never)],
    [
      "attention: a query of shape [8] where at least 2 axes are needed",
      () => nn.attention(arange(8) as Tensor, zeros([2, 8]), zeros([2, 8])),
    ],
  ])("%s", (sentence, program) => {
    expect(program).toThrow(expect.objectContaining({ message: sentence }));
  });
});
