import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { lossCurve } from "../../src/chart/index.ts";
import { arange, data, loss, metric, nn, optim, random, type Tensor, train, zeros } from "../../src/index.ts";

/** Values instead of tensors, whose values a comparison does not see. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const model = nn.sequential(nn.linear(4, 8), nn.tanh(), nn.linear(8, 3));
const quiet = { data: data.iris(), loss: loss.crossEntropy, progress: false } as const;
const x = random(1).normal([60, 1]);
const y = x.mul(3).add(1);
const line = {
  params: { w: zeros([1]), b: zeros([]) },
  apply: (p: { w: Tensor; b: Tensor }, at: Tensor) => at.mul(p.w).add(p.b),
};

describe("what comes back", () => {
  test("parameters that fit, in the form of the model's", async () => {
    const fitted = await train.fit(model, {
      ...quiet,
      optimizer: optim.adam({ lr: 0.05 }),
      epochs: 30,
      metrics: { accuracy: (labels, logits) => metric.accuracy(labels, logits.argmax(-1)) },
    });
    expectTypeOf(fitted.params[0].weight).toEqualTypeOf<Tensor<readonly [8, 4]>>();
    expectTypeOf(fitted.history.metrics.accuracy).toEqualTypeOf<readonly number[]>();
    expect(fitted.history.metrics.accuracy.at(-1)).toBeGreaterThan(0.9);
    expect(fitted.history.train).toHaveLength(30);
    expect(fitted.history.validation).toEqual([]);
    expect(fitted.history.learningRate).toEqual(Array(30).fill(0.05));
    expect(fitted.optimizerState.step).toBe(150);
    expect(fitted.ended).toBe("finished");
    expect(fitted.bestEpoch).toBeUndefined();
  });

  test("a history that is plain data and goes into a chart as it is", async () => {
    const { history } = await train.fit(model, { ...quiet, epochs: 3, validation: 0.2 });
    expect(JSON.parse(JSON.stringify(history))).toEqual(history);
    expect(lossCurve(history).numbers.last).toBe(history.train[2]);
    expect(history.seconds.every((seconds) => seconds > 0)).toBe(true);
  });

  test("the same numbers for the same seed, others for another; parameters are those of model.init", async () => {
    const run = async (seed: number) => (await train.fit(model, { ...quiet, epochs: 2, seed })).history.train;
    expect(await run(3)).toEqual(await run(3));
    expect(await run(3)).not.toEqual(await run(4));
    const still = await train.fit(model, { ...quiet, seed: 5, optimizer: optim.sgd({ lr: 0 }) });
    expect(plain(still.params)).toEqual(plain(model.init(random(5))));
    expect(still.history.train[0]).toBeCloseTo(
      loss.crossEntropy(model.apply(still.params, data.iris().features), data.iris().target).item(),
      5,
    );
  });

  test("a table of epochs, the middle left out", async () => {
    const fitted = await train.fit(line, {
      data: { x, y },
      loss: loss.mse,
      epochs: 20,
      progress: false,
      validation: 0.5,
    });
    const bundle = fitted[Symbol.for("Jupyter.display") as never] as () => Record<string, string>;
    const shown = bundle.call(fitted);
    const lines = shown["text/plain"]!.split("\n");
    expect(lines[0]).toMatch(/^20 epochs: training loss [\d.]+ → [\d.]+, validation [\d.]+\.$/);
    expect(lines[1]).toMatch(/^epoch {2}training loss {2}validation loss {2}learning rate$/);
    expect(lines).toHaveLength(13);
    expect(lines[7]).toMatch(/^ +… /);
    expect(shown["text/html"]!.match(/<tr>/g)).toHaveLength(12);
    expect(String(fitted)).toBe(lines[0]);
  });
});

describe("models and data", () => {
  test("a plain function of parameters", async () => {
    const fitted = await train.fit(
      { params: { w: zeros([1]), b: zeros([]) }, apply: (p, at) => at.mul(p.w).add(p.b) },
      { data: [x, y], loss: loss.mse, optimizer: optim.sgd({ lr: 0.1 }), epochs: 50, progress: false },
    );
    expectTypeOf(fitted.params.w).toEqualTypeOf<Tensor<readonly [1]>>();
    expect(fitted.params.w.item()).toBeCloseTo(3, 4);
    expect(fitted.params.b.item()).toBeCloseTo(1, 4);
  });

  test("inputs of several tensors", async () => {
    const fitted = await train.fit(
      { params: { a: zeros([1]), b: zeros([1]) }, apply: (p, at) => at.left.mul(p.a).add(at.right.mul(p.b)) },
      {
        data: { x: { left: x, right: x.square() }, y: x.mul(2).sub(x.square()) },
        loss: loss.mse,
        optimizer: optim.adam({ lr: 0.1 }),
        epochs: 100,
        progress: false,
      },
    );
    expect(fitted.params.a.item()).toBeCloseTo(2, 2);
    expect(fitted.params.b.item()).toBeCloseTo(-1, 2);
  });

  test("batches that come ready, asynchronous ones, functions that open them: all the same", async () => {
    const rows = { x, y };
    const options = { loss: loss.mse, epochs: 3, progress: false } as const;
    const wanted = await train.fit(line, { ...options, data: rows, batchSize: 25, shuffle: false });
    const cut = data.batches(rows, 25);
    async function* later() {
      for (const batch of cut) yield [batch.x, batch.y] as const;
    }
    for (const source of [cut, [...cut], later, () => cut]) {
      const { history } = await train.fit(line, { ...options, data: source });
      expect(history.train).toEqual(wanted.history.train);
    }
  });

  test("float64 inputs train float64 parameters", async () => {
    const { params } = await train.fit(nn.linear(1, 1), {
      data: { x: x.to("float64"), y: y.to("float64") },
      loss: (p, t) => loss.mse(p, t),
      progress: false,
    });
    expect(params.weight.dtype).toBe("float64");
  });

  test("a last batch that is not full weighs its rows, or is left out", async () => {
    const rows = { x: x.slice([0, 3]), y: y.slice([0, 3]) };
    const still = { loss: loss.mse, optimizer: optim.sgd({ lr: 0 }), shuffle: false, batchSize: 2, progress: false };
    const all = await train.fit(line, { ...still, data: rows });
    expect(all.history.train[0]).toBeCloseTo(rows.y.square().mean().item(), 5);
    const full = await train.fit(line, { ...still, data: rows, dropLast: true });
    expect(full.history.train[0]).toBeCloseTo(rows.y.slice([0, 2]).square().mean().item(), 5);
    expect(full.position.step).toBe(1);
  });

  test("running statistics of a norm are learned and used at evaluation", async () => {
    const normed = nn.sequential(nn.linear(4, 4), nn.batchNorm(4), nn.linear(4, 3));
    const { state, history } = await train.fit(normed, { ...quiet, epochs: 2, validation: 0.3 });
    expect(plain(state)).not.toEqual(plain(normed.initState()));
    expect(history.validation).toHaveLength(2);
  });

  test("L-BFGS evaluates as often as it likes", async () => {
    const { history } = await train.fit(model, {
      ...quiet,
      batchSize: 150,
      epochs: 8,
      optimizer: optim.lbfgs({ lineSearchFn: "strongWolfe" }),
    });
    expect(history.train.at(-1)).toBeLessThan(0.1);
  });
});

describe("validation", () => {
  const numbered = { x: zeros([10, 1]), y: arange(10).reshape([10, 1]) };
  const shift = { params: { b: zeros([]) }, apply: (p: { b: Tensor }, at: Tensor) => at.add(p.b) };
  const still = { data: numbered, optimizer: optim.sgd({ lr: 0 }), batchSize: 1, progress: false } as const;

  /** The targets that were trained on, and the mean of those held back. */
  const heldBack = async (options: object) => {
    const seen = new Set<number>();
    const { history } = await train.fit(shift, {
      ...still,
      ...options,
      epochs: 2,
      loss: (p, t) => t.sub(p).mean(),
      callbacks: { onEpoch: () => false },
      metrics: { targets: (t) => seen.add(t.sum().item()).size },
    });
    return { validation: history.validation[0]!, sum: [...seen][0]!, train: history.train[0]! };
  };

  test("a share is drawn with the seed, and is not trained on", async () => {
    const [one, two] = [await heldBack({ validation: 0.3, seed: 1 }), await heldBack({ validation: 0.3, seed: 2 })];
    for (const { validation, sum, train: mean } of [one, two]) {
      expect(validation).toBeCloseTo(sum / 3, 5);
      expect(mean * 7 + sum).toBeCloseTo(45, 4);
    }
    expect(one.sum).not.toBe(two.sum);
    expect(await heldBack({ validation: 0.3, seed: 1 })).toEqual(one);
  });

  test("without shuffle the last rows are held back", async () => {
    expect((await heldBack({ validation: 0.2, shuffle: false })).sum).toBe(8 + 9);
  });

  test("metrics are of all validation rows at once", async () => {
    const { history } = await train.fit(line, {
      data: { x, y },
      validation: { x, y },
      batchSize: 7,
      loss: loss.mse,
      optimizer: optim.sgd({ lr: 0.05 }),
      epochs: 2,
      metrics: { r2: metric.r2, size: (target) => target.shape[0] },
      progress: false,
    });
    expect(history.metrics.size).toEqual([60, 60]);
    expect(history.metrics.r2[1]).toBeGreaterThan(history.metrics.r2[0]!);
  });
});

describe("the step", () => {
  const still = { data: { x, y }, loss: loss.mse, batchSize: 60, progress: false } as const;

  test("a penalty pulls, and is in no curve", async () => {
    const options = { ...still, optimizer: optim.sgd({ lr: 0.1 }), epochs: 200 };
    const free = await train.fit(line, options);
    const held = await train.fit(line, { ...options, penalty: (p) => loss.l2(p, { alpha: 1 }) });
    expect(free.params.w.item()).toBeCloseTo(3, 3);
    expect(held.params.w.item()).toBeLessThan(2);
    expect(held.history.train[0]).toBe(free.history.train[0]);
  });

  test("clipping bounds the step", async () => {
    const by = async (clip: train.Clip) =>
      (await train.fit(line, { ...still, clip, optimizer: optim.sgd({ lr: 1 }) })).params;
    const norm = await by(0.5);
    expect(Math.hypot(norm.w.item(), norm.b.item())).toBeCloseTo(0.5, 4);
    expect(plain(await by({ norm: 0.5 }))).toEqual(plain(norm));
    expect((await by({ value: 0.25 })).w.item()).toBeCloseTo(0.25, 5);
  });

  test("reduceOnPlateau sees the loss after each epoch", async () => {
    const { history } = await train.fit(line, {
      ...still,
      optimizer: optim.sgd(),
      schedule: optim.schedule.reduceOnPlateau(0, { patience: 0 }),
      epochs: 2,
    });
    expect(history.learningRate).toEqual([0, 0]);
    const falling = await train.fit(line, {
      ...still,
      epochs: 4,
      optimizer: optim.sgd(),
      schedule: optim.schedule.reduceOnPlateau(1e-9, { patience: 0, eps: 0 }),
    });
    expect(falling.history.learningRate).toEqual(
      [1e-9, 1e-9, 1e-10, 1.0000000000000001e-11].map((r) => expect.closeTo(r, 15)),
    );
  });

  test.each(["sgd", "adam", "adamw", "adamax", "nadam", "radam", "rmsprop", "adagrad", "adadelta", "lion"] as const)(
    "the rate that %s chooses itself is in the history",
    async (name) => {
      const { history } = await train.fit(line, { ...still, epochs: 7, optimizer: optim[name]({ lr: 0.003 }) });
      expect(history.learningRate).toEqual(Array(7).fill(0.003));
    },
  );

  test("an optimizer joined to clipping tells its rate as well", async () => {
    const optimizer = optim.chain(optim.clipByValue(1), optim.adam({ lr: (step) => 0.1 / (step + 1) }));
    const { history } = await train.fit(line, { ...still, epochs: 3, optimizer });
    expect(history.learningRate).toEqual([0.1, 0.05, 0.0333333333333333]);
  });
});

describe("early stopping", () => {
  /** A model whose validation loss after epoch i is the i-th of these. */
  const following = async (losses: number[], earlyStopping: train.EarlyStopping<"score">, epochs = losses.length) => {
    let at = 0;
    return await train.fit(
      { params: { b: zeros([]) }, apply: (p, rows) => rows.add(p.b) },
      {
        data: { x: zeros([1, 1]), y: zeros([1, 1]) },
        validation: { x: zeros([1, 1]), y: zeros([1, 1]) },
        loss: (p) => p.sum(),
        optimizer: optim.sgd({ lr: 1 }),
        metrics: { score: () => losses[at++]! },
        epochs,
        earlyStopping,
        progress: false,
      },
    );
  };

  test.each([
    [{ patience: 2 }, [3, 2, 2.5, 2.4, 1], 4, 2],
    [{ patience: 0 }, [3, 2, 2, 1], 3, 2],
    [{ patience: 1 }, [3, 2, 2, 1], 3, 2],
    [{ patience: 2, minDelta: 0.5 }, [3, 2.8, 2.6, 1], 3, 1],
    [{ patience: 9 }, [3, 2, 1], 3, 3],
    [{ patience: 2, mode: "max" as const }, [1, 2, 1, 1.5, 9], 4, 2],
  ])("%j", async (options, losses, ended, best) => {
    const fitted = await following(losses, { mode: "min", monitor: "score", ...options });
    expect(fitted.history.train).toHaveLength(ended);
    expect(fitted.bestEpoch).toBe(best);
    expect(fitted.ended).toBe(ended < losses.length ? "early" : "finished");
  });

  test("gives back the best parameters if asked, else the last", async () => {
    const options = { monitor: "score", mode: "min", patience: 2 } as const;
    const last = await following([3, 2, 5, 5], options);
    const best = await following([3, 2, 5, 5], { ...options, restoreBest: true });
    expect(last.params.b.item()).toBe(-4);
    expect(best.params.b.item()).toBe(-2);
  });
});

describe("going on later", () => {
  const options = {
    ...quiet,
    validation: 0.2,
    optimizer: optim.adam({ lr: 0.02 }),
    schedule: optim.schedule.reduceOnPlateau(0.02, { patience: 1 }),
    metrics: { accuracy: (labels: Tensor, logits: Tensor) => metric.accuracy(labels, logits.argmax(-1)) },
    seed: 7,
  } as const;
  const dropping = nn.sequential(nn.linear(4, 16), nn.batchNorm(16), nn.relu(), nn.dropout(0.3), nn.linear(16, 3));
  const bare = ({ history: { seconds, ...history }, ...rest }: train.Fitted) => plain({ ...rest, history });

  test("is bit for bit as if it had not stopped", async () => {
    const whole = await train.fit(dropping, { ...options, epochs: 9 });
    const half = await train.fit(dropping, { ...options, epochs: 4 });
    const rest = await train.fit(dropping, { ...options, epochs: 9, resume: half });
    expect(bare(rest)).toEqual(bare(whole));
    expect(half.history.train).toHaveLength(4);
  });

  test("from a checkpoint of a callback, through early stopping with restoreBest", async () => {
    const stopping = { ...options, epochs: 12, earlyStopping: { patience: 3, restoreBest: true } } as const;
    const kept: train.Resumable[] = [];
    const whole = await train.fit(dropping, {
      ...stopping,
      callbacks: { onEpoch: (_, checkpoint) => void kept.push(checkpoint) },
    });
    const rest = await train.fit(dropping, { ...stopping, resume: kept[2] as never });
    expect(bare(rest)).toEqual(bare(whole));
  });

  test("after an early stop it waits anew", async () => {
    const still = {
      ...quiet,
      optimizer: optim.sgd({ lr: 0 }),
      shuffle: false,
      earlyStopping: { patience: 2 },
    } as const;
    const first = await train.fit(model, { ...still, epochs: 20 });
    expect([first.ended, first.history.train.length]).toEqual(["early", 3]);
    const second = await train.fit(model, { ...still, epochs: 20, resume: first });
    expect(second.history.train).toHaveLength(5);
  });

  test("does not touch what it goes on from", async () => {
    const half = await train.fit(model, { ...quiet, epochs: 2 });
    const copy = structuredClone({ history: half.history, position: half.position });
    await train.fit(model, { ...quiet, epochs: 4, resume: half });
    expect({ history: half.history, position: half.position }).toEqual(copy);
  });
});

describe("events", () => {
  test("tell where it stands", async () => {
    const events: train.FitEvent[] = [];
    const order: string[] = [];
    await train.fit(model, {
      ...quiet,
      epochs: 2,
      batchSize: 50,
      validation: 0.2,
      onProgress: (event) => void events.push(event),
      callbacks: [
        { onStart: () => void order.push("start"), onEnd: () => void order.push("end") },
        { onStep: ({ epoch, step }) => void order.push(`${epoch}.${step}`), onEpoch: () => void order.push("epoch") },
      ],
    });
    expect(order).toEqual(["start", "1.1", "1.2", "1.3", "epoch", "2.1", "2.2", "2.3", "epoch", "end"]);
    expect(events.map(({ kind, epoch, step }) => `${kind} ${epoch}.${step}`)).toEqual([
      "start 1.0",
      ...["step 1.1", "step 1.2", "step 1.3", "epoch 1.3"],
      ...["step 2.1", "step 2.2", "step 2.3", "epoch 2.3", "end 2.3"],
    ]);
    expect(events.map(({ totalSteps }) => totalSteps)).toEqual([0, 1, 2, 3, 3, 4, 5, 6, 6, 6]);
    for (const { steps, epochs, learningRate, rate, seconds } of events) {
      expect([steps, epochs, learningRate]).toEqual([3, 2, 0.001]);
      expect(rate >= 0 && seconds >= 0).toBe(true);
    }
    expect(events[0]!.loss).toBeNaN();
    expect(events[0]!.remaining).toBeUndefined();
    expect(events.at(-1)!.remaining).toBe(0);
    expect(events.at(-1)!.loss).toBe(events.at(-1)!.history.train[1]);
    expect(events.at(-1)!.validation).toBe(events.at(-1)!.history.validation[1]);
  });

  test("a callback ends it, also one that takes its time", async () => {
    const fitted = await train.fit(model, {
      ...quiet,
      epochs: 9,
      callbacks: { onEpoch: async ({ epoch }) => epoch < 3 },
    });
    expect([fitted.ended, fitted.history.train.length]).toEqual(["callback", 3]);
  });

  test.each([
    [26, 100, false],
    [10, 33, false],
    [1, 4, false],
    [26, 100, true],
    [10, 33, true],
  ])(
    "where a step takes %d ms the event loop turns %d times in 100 steps, compiled: %s",
    async (milliseconds, wanted, compile) => {
      vi.useFakeTimers({ toFake: ["performance"] });
      let [turns, isOver] = [0, false];
      // a timer of Node's own: what it waits for is a whole turn, not the queue of promises
      const turn = () => {
        if (isOver) return;
        turns++;
        setImmediate(turn);
      };
      setImmediate(turn);
      await train.fit(line, {
        data: { x: zeros([100, 1]), y: zeros([100, 1]) },
        batchSize: 1,
        loss: loss.mse,
        progress: false,
        compile,
        callbacks: { onStep: () => void vi.advanceTimersByTime(milliseconds) },
      });
      isOver = true;
      vi.useRealTimers();
      expect(turns).toBeGreaterThanOrEqual(wanted - 1);
      // to make the graph takes turns of its own
      if (!compile) expect(turns).toBeLessThanOrEqual(wanted + 1);
    },
  );
});
