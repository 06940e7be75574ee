import { describe, expect, test } from "vitest";
import { loss, nn, optim, type Tensor, train, zeros } from "../../src/index.ts";
import { mistakes, names } from "./mistakes.ts";

const rejection = (program: () => Promise<unknown>): Promise<Error> =>
  program().then(
    () => new Error("nothing was wrong"),
    (error: Error) => error,
  );

describe("a mistake is the same sentence at run time as in the types", () => {
  test.each(mistakes)("%s", async (sentence, program) => {
    expect((await rejection(program)).message).toBe(sentence);
  });
});

test.each(names)("%s", async (sentence, program) => {
  expect((await rejection(program)).message).toMatch(sentence);
});

const x = zeros([12, 4]) as Tensor;
const y = zeros([12], { dtype: "int32" }) as Tensor;
const model = nn.sequential(nn.linear(4, 3));
const good = { data: { x, y }, loss: loss.crossEntropy, progress: false } as const;
const previous = await train.fit(model, { ...good, epochs: 2, seed: 1 });

describe("what only the runtime can see", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["fit: epochs must be a whole number of at least 1, got 0.", () => train.fit(model, { ...good, epochs: 0 })],
    [
      "fit: batchSize must be a whole number of at least 1, got 2.5.",
      () => train.fit(model, { ...good, batchSize: 2.5 }),
    ],
    ["fit: seed must be a whole number, got 0.5.", () => train.fit(model, { ...good, seed: 0.5 })],
    [
      "fit: a validation share of 1.2 where a number between 0 and 1 is needed.",
      () => train.fit(model, { ...good, validation: 1.2 }),
    ],
    ["fit: clip.norm must be above 0, got 0.", () => train.fit(model, { ...good, clip: 0 })],
    ["fit: clip.value must be above 0, got -1.", () => train.fit(model, { ...good, clip: { value: -1 } })],
    [
      "fit: the metric accuracy is 1 where a function is needed.",
      () => train.fit(model, { ...good, metrics: { accuracy: 1 as never } }),
    ],
    [
      "fit: schedule is 0.1 where a function of the step or reduceOnPlateau is needed.",
      () => train.fit(model, { ...good, schedule: 0.1 as never }),
    ],
    [
      "fit: schedule gives a learning rate of -1 at step 0 where at least 0 is needed.",
      () => train.fit(model, { ...good, schedule: () => -1 }),
    ],
    [
      "fit: earlyStopping.patience must be a whole number of at least 0, got -1.",
      () => train.fit(model, { ...good, earlyStopping: { patience: -1 } }),
    ],
    [
      "fit: earlyStopping.minDelta must be at least 0, got -1.",
      () => train.fit(model, { ...good, earlyStopping: { patience: 1, minDelta: -1 } }),
    ],
    [
      'fit: earlyStopping.monitor is "validation" where one of train is needed.',
      () => train.fit(model, { ...good, earlyStopping: { patience: 1, monitor: "validation" } }),
    ],
    [
      'fit: earlyStopping monitors score: say whether mode "min" or "max" is better.',
      () =>
        train.fit(model, { ...good, metrics: { score: () => 1 }, earlyStopping: { patience: 1, monitor: "score" } }),
    ],
    [
      'fit: earlyStopping.mode must be "min" or "max", got "low".',
      () => train.fit(model, { ...good, earlyStopping: { patience: 1, mode: "low" as never } }),
    ],
    [
      "fit: the metric score returned good where one number is needed.",
      () => train.fit(model, { ...good, metrics: { score: () => "good" as never } }),
    ],
    [
      "fit: the model is an object of a where a layer or { params, apply } is needed.",
      () => train.fit({ a: 1 } as never, good),
    ],
    [
      "fit: the model is undefined where a layer or { params, apply } is needed.",
      () => train.fit(undefined as never, good),
    ],
    [
      "fit: the loss has shape [12] where one number is needed",
      () => train.fit(model, { ...good, loss: (p, t) => loss.crossEntropy(p, t, { reduction: "none" }) }),
    ],
    [
      "fit: the loss returned number 1 where a tensor is needed.",
      () => train.fit(model, { ...good, loss: () => 1 as never }),
    ],
    [
      "fit: data is an object of a where { x, y } or batches of it are needed.",
      () => train.fit(model, { ...good, data: { a: 1 } as never }),
    ],
    ["fit: data gives one tensor where { x, y } is needed.", () => train.fit(model, { ...good, data: [x] as never })],
    [
      "fit: data gives an array of 3 where { x, y } is needed.",
      () => train.fit(model, { ...good, data: [[x, y, y]] as never }),
    ],
    [
      "fit: data: 12 rows in shape [12, 4], 0 in [0].",
      () => train.fit(model, { ...good, data: [[x, zeros([0])]] as never }),
    ],
    [
      "fit: a validation share of 0.2 of batches that come ready where validation data of its own is needed.",
      () => train.fit(model, { ...good, data: [[x, y]] as never, validation: 0.2 }),
    ],
    [
      "linear: an input of shape [12, 5] where […, 4] is needed",
      () => train.fit(model, { ...good, validation: { x: zeros([12, 5]), y } }),
    ],
    [
      "fit: validation y of shape [12, 1] beside training y of shape [12] – rows differ",
      () => train.fit(model, { ...good, validation: { x, y: zeros([12, 1]) } }),
    ],
    [
      "crossEntropy: label 7 is out of range for 3 classes (at index 0).",
      () => train.fit(model, { ...good, data: { x, y: y.add(7) } }),
    ],
    [
      "fit: params has a parameter 0.weight of shape [3, 5] where [3, 4] is needed",
      () => train.fit(model, { ...good, params: [{ weight: zeros([3, 5]), bias: zeros([3]) }] as never }),
    ],
    [
      "fit: params has a parameter 0.scale, which the model has not.",
      () => train.fit(model, { ...good, params: [{ ...previous.params[0], scale: zeros([3]) }] as never }),
    ],
    [
      "fit: params has a parameter 0.bias of dtype int32 where float32 or float64 is needed.",
      () =>
        train.fit(model, {
          ...good,
          params: [{ ...previous.params[0], bias: zeros([3], { dtype: "int32" }) }] as never,
        }),
    ],
    [
      "fit: resume lacks a parameter 2.weight, which the model has.",
      () =>
        train.fit(nn.sequential(nn.linear(4, 3), nn.relu(), nn.linear(3, 3)), {
          ...good,
          resume: previous as never,
          epochs: 3,
        }),
    ],
    [
      "fit: resume has params, state where params, state, optimizerState, history, position are needed: what fit returned.",
      () => train.fit(model, { ...good, resume: { params: previous.params, state: {} } as never }),
    ],
    [
      "fit: a seed of 2 beside a resume of seed 1 – leave one of them out.",
      () => train.fit(model, { ...good, resume: previous, seed: 2, epochs: 3 }),
    ],
    [
      "fit: epochs is 2 where more than the 2 of resume are needed: it counts from the very beginning.",
      () => train.fit(model, { ...good, resume: previous, epochs: 2 }),
    ],
    [
      "sgd: a state with the slots [average, square] where [momentum] are needed.",
      () => train.fit(model, { ...good, resume: previous, epochs: 3, optimizer: optim.sgd({ momentum: 0.9 }) }),
    ],
  ])("%s", async (sentence, program) => {
    expect((await rejection(program)).message).toBe(sentence);
  });

  test("batches that can be iterated over once only", async () => {
    function* once() {
      yield { x, y };
    }
    const error = await rejection(() => train.fit(model, { ...good, data: once(), epochs: 2 } as never));
    expect(error.message).toBe(
      "fit: data gave 0 batches where at least 1 is needed; what can be iterated over once only, as a generator, has to come as a function that opens it.",
    );
  });

  test("an iterator is told when a step fails", async () => {
    let isClosed = false;
    function* batches() {
      try {
        yield { x, y: y.add(9) };
      } finally {
        isClosed = true;
      }
    }
    await rejection(() => train.fit(model, { ...good, data: batches }));
    expect(isClosed).toBe(true);
  });
});

describe("a loss that is no number", () => {
  const line = { params: { w: zeros([1]).add(1) }, apply: (p: { w: Tensor }, at: Tensor) => at.mul(p.w) };
  const rows = { x: zeros([8, 1]).add(10), y: zeros([8, 1]) };
  const options = { data: rows, loss: loss.mse, batchSize: 2, epochs: 50, progress: false } as const;

  test("stops with step, rate and norms, and says them as fields", async () => {
    const optimizer = optim.sgd({ lr: 1e6 });
    const error = (await rejection(() => train.fit(line, { ...options, optimizer }))) as train.DivergenceError;
    expect(error).toBeInstanceOf(train.DivergenceError);
    // the gradient is 200 w, so a step multiplies w by 1 – 2e8
    expect(error.message).toBe(
      "fit: the loss is infinite at step 4 (epoch 1): learning rate 1000000, gradient norm 1.6e+27, 8e+18 one step before.",
    );
    expect([error.step, error.epoch, error.loss, error.learningRate]).toEqual([4, 1, Number.POSITIVE_INFINITY, 1e6]);
    expect(error.normBefore / 8e18).toBeCloseTo(1, 5);
    expect(error.history.train).toEqual([]);
  });

  test("in the first step there is no step before", async () => {
    const error = await rejection(() => train.fit(line, { ...options, loss: (p) => p.mul(Number.NaN).sum() }));
    expect(error.message).toBe("fit: the loss is NaN at step 1 (epoch 1): learning rate 0.001, gradient norm NaN.");
  });

  test("on validation data counts as well", async () => {
    const error = await rejection(() =>
      train.fit(line, { ...options, validation: { x: rows.x.div(0), y: rows.y }, optimizer: optim.sgd({ lr: 0 }) }),
    );
    expect(error.message).toMatch(
      /^fit: the validation loss is infinite at step 4 \(epoch 1\): learning rate 0, gradient norm 200, 200 one/,
    );
  });

  test("a penalty that is no number counts as well", async () => {
    const error = await rejection(() =>
      train.fit(line, { ...options, penalty: (p) => p.w.sum().log().mul(-1).div(0) }),
    );
    expect(error.message).toMatch(/^fit: the loss is NaN at step 1/);
  });
});
