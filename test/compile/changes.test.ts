/** What a function has from outside is a constant of its graph; where it changes, somebody is told. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { compile, data, loss, nn, optim, random, type Tensor, tensor, train, valueAndGrad } from "../../src/index.ts";

afterEach(() => vi.restoreAllMocks());

/** What was said, all of it. */
function listen(): () => string[] {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  return () => warn.mock.calls.map(([text]) => String(text));
}

const sentence = (name: string, what: string) =>
  `compile: ${name} does something else than when it was compiled: ${what}; what changes from call to call has to be an argument.`;

describe("what changes outside is told once, and followed from then on", () => {
  test.each<[string, string, () => { f: (x: Tensor) => unknown; change: () => void }]>([
    [
      "parameters that the function has from outside",
      "a tensor of shape [2] that it has from outside has other values",
      () => {
        let w: Tensor = tensor([1, 2]);
        return { f: (x) => x.mul(w).sum(), change: () => void (w = w.add(1)) };
      },
    ],
    [
      "a number",
      "a number that it has from outside is 0.05, and was 0.1",
      () => {
        let lr = 0.1;
        return { f: (x) => x.mul(lr), change: () => void (lr /= 2) };
      },
    ],
    [
      "a branch",
      "it has neg where it had exp",
      () => {
        let flag = true;
        return { f: (x) => (flag ? x.exp() : x.neg()), change: () => void (flag = !flag) };
      },
    ],
    [
      "a setting of an operation",
      "sum is done otherwise",
      () => {
        let axis = -2;
        return { f: (x) => x.reshape([1, 2]).sum(axis), change: () => void (axis = axis === -2 ? -1 : -2) };
      },
    ],
    [
      "how many there are",
      "it has 4 values where it had 2",
      () => {
        const parts: string[] = [];
        return {
          f: (x) => [x.exp(), ...parts.map(() => x.exp().neg())],
          change: () => void parts.push("one more"),
        };
      },
    ],
    [
      "the same tensor twice",
      "it has 2 values where it had 3",
      () => {
        let two = true;
        return { f: (x) => [x.exp(), two ? x.exp() : undefined], change: () => void (two = false) };
      },
    ],
    [
      "the order of the results, which is seen by what is drawn first",
      "it has neg where it had exp",
      () => {
        let first = true;
        return { f: (x) => (first ? [x.exp(), x.neg()] : [x.neg(), x.exp()]), change: () => void (first = !first) };
      },
    ],
    [
      "the order of results that need each other",
      "it returns its values in another order",
      () => {
        let first = true;
        return {
          f: (x) => {
            const a = x.exp();
            return first ? [a.neg(), a] : [a, a.neg()];
          },
          change: () => void (first = !first),
        };
      },
    ],
    [
      "a plain number in the result",
      "the result.list[0] is 1, and was 0",
      () => {
        let epoch = 0;
        return { f: (x) => ({ y: x.mul(2), list: [epoch] }), change: () => void epoch++ };
      },
    ],
    [
      "a tensor that is returned as it is",
      "the result.w is another tensor",
      () => {
        let w: Tensor = tensor([1]);
        return { f: (x) => ({ y: x.mul(2), w }), change: () => void (w = tensor([2])) };
      },
    ],
    [
      "the form of the result",
      "the result has another form",
      () => {
        let key = "a";
        return { f: (x) => ({ [key]: x.mul(2) }), change: () => void (key = "b") };
      },
    ],
  ])("%s", async (_, what, make) => {
    const said = listen();
    const { f, change } = make();
    const step = compile(Object.defineProperty((x: Tensor) => f(x), "name", { value: "step" }));
    const x = tensor([1, 2]);
    const plain = (value: unknown) => JSON.stringify(value);
    expect(plain(await step(x))).toBe(plain(f(x)));
    change();
    expect(plain(await step(x))).toBe(plain(f(x)));
    expect(said()).toEqual([sentence("step", what)]);
    expect(compile.signatures(step)).toHaveLength(1);
    change();
    for (let i = 0; i < 4; i++) await step(x);
    expect(plain(await step(x))).toBe(plain(f(x)));
    expect(said()).toHaveLength(1);
  });

  test("a training whose parameters are not among the arguments", async () => {
    const said = listen();
    const optimizer = optim.sgd({ lr: 0.1 });
    let params: Tensor = tensor([4]);
    let state = optimizer.init(params);
    const step = compile(function step() {
      const [value, gradients] = valueAndGrad((p: Tensor) => p.square().sum())(params);
      return { value, ...optimizer.update(gradients, state, params) };
    });
    const losses: number[] = [];
    for (let i = 0; i < 3; i++) {
      const next = await step();
      ({ params, state } = next);
      losses.push(next.value.item());
    }
    // 16 · 0.64ⁱ
    losses.forEach((value, i) => {
      expect(value).toBeCloseTo(16 * 0.64 ** i, 4);
    });
    expect(said()).toHaveLength(1);
    expect(said()[0]).toMatch(/^compile: step does something else than when it was compiled: .*an argument\.$/);
  });

  test("an optimizer that is another one, and a learning rate that it is given", async () => {
    for (const change of ["rate", "optimizer"]) {
      const said = listen();
      let [optimizer, lr] = [optim.adam({ lr: 0.1 }), 0.1];
      const step = compile((p: Tensor, s: optim.State<Tensor>) =>
        optimizer.update(p, s, p, change === "rate" ? { lr } : {}),
      );
      let now = { params: tensor([1, 2]) as Tensor, state: optimizer.init(tensor([1, 2]) as Tensor) };
      now = await step(now.params, now.state);
      [optimizer, lr] = [optim.adam({ lr: 0.01 }), 0.01];
      const wanted = optimizer.update(now.params, now.state, now.params, { lr });
      now = await step(now.params, now.state);
      expect(now.params.sub(wanted.params).abs().max().item(), change).toBeLessThan(1e-6);
      expect(said(), change).toHaveLength(1);
      expect(said()[0]).toMatch(/ of the optimizer is -?[\d.e-]+, and was -?[\d.e-]+; what changes/);
      vi.restoreAllMocks();
    }
  });

  test("what assigns to a variable outside of it throws at the second call, and at each until it is mended", async () => {
    let w: Tensor = tensor([1, 2]);
    const step = compile((x: Tensor) => {
      const value = w.mul(x).sum();
      w = w.sub(x);
      return value;
    });
    expect((await step(tensor([1, 1]))).item()).toBe(3);
    for (let i = 0; i < 3; i++)
      await expect(step(tensor([1, 1]))).rejects.toThrow(/^A tensor of shape \[2\] that was made while .* \(at /);
    w = tensor([5, 6]);
    expect((await step(tensor([1, 1]))).item()).toBe(11);
  });
});

describe("nothing is said", () => {
  test("of what is the same, whatever it is made of", async () => {
    const said = listen();
    const optimizer = optim.chain(
      optim.clipByGlobalNorm(1),
      optim.adam({ lr: optim.schedule.exponential(0.1, { gamma: 0.9 }) }),
    );
    const outside = random(3);
    const step = compile((p: Tensor, s: optim.State<Tensor>, g: ReturnType<typeof random>) => {
      const noise = g
        .normal([2])
        .add(outside.split().normal([2]))
        .add(random(4).normal([2]));
      const again = tensor([Number.NaN, 0, -0]);
      return {
        ...optimizer.update(p.mul(noise), s, p),
        made: new Date(),
        f: () => 1,
        map: new Map(),
        nothing: undefined,
        none: null,
        nan: Number.NaN,
        again,
        g,
      };
    });
    let now = { params: tensor([1, 2]) as Tensor, state: optimizer.init(tensor([1, 2]) as Tensor) };
    const generator = random(1);
    for (let i = 0; i < 20; i++) now = await step(now.params, now.state, generator);
    expect(said()).toEqual([]);
    expect(compile.signatures(step)).toHaveLength(1);
    expect(now.state.step).toBe(20);
  });

  test("and the function is called for few of the calls only", async () => {
    let calls = 0;
    const f = compile((x: Tensor) => {
      calls++;
      return x.mul(2);
    });
    for (let i = 0; i < 1000; i++) await f(tensor([i]));
    // once, and again at calls 2, 3, 5, 9, …, 513
    expect(calls).toBe(11);
  });
});

describe("fit", () => {
  const options = { data: data.iris(), loss: loss.crossEntropy, progress: false, batchSize: 30, epochs: 4 } as const;
  const model = nn.linear(4, 3);

  test.each([
    ["between epochs", "onEpoch"],
    ["between steps", "onStep"],
  ])("a weight that a callback changes %s is followed", async (_, when) => {
    const run = async (isCompiled: boolean) => {
      let weight = 1;
      const fitted = await train.fit(model, {
        ...options,
        loss: (z: Tensor, y: Tensor) => loss.crossEntropy(z, y as never).mul(weight) as Tensor,
        optimizer: optim.sgd({ lr: 0.01 }),
        callbacks: { [when]: () => void (weight *= 1.5) },
        compile: isCompiled,
      } as never);
      return fitted as train.Fitted;
    };
    const said = listen();
    const [compiled, plain] = [await run(true), await run(false)];
    compiled.history.train.forEach((value, i) => {
      expect(value / plain.history.train[i]!).toBeCloseTo(1, 4);
    });
    expect(said()[0]).toBe(
      "fit: the loss or the model does something else than when it was compiled: a number that it has from outside is 1.5, and was 1; from now on that is looked at in each step, which compile: false does from the beginning.",
    );
    expect(
      said()
        .slice(1)
        .every((text) => text.startsWith("fit: not compiled but evaluated op by op")),
    ).toBe(true);
    expect(said().length).toBeLessThanOrEqual(2);
  });

  test("one that changes after some epochs is followed from the next epoch on", async () => {
    const run = async (isCompiled: boolean) => {
      let weight = 1;
      return (await train.fit(model, {
        ...options,
        batchSize: 5,
        validation: 0.2,
        loss: (z: Tensor, y: Tensor) => loss.crossEntropy(z, y as never).mul(weight) as Tensor,
        optimizer: optim.sgd({ lr: 0.01 }),
        callbacks: { onEpoch: ({ epoch }: { epoch: number }) => void (epoch === 3 && (weight = 10)) },
        compile: isCompiled,
      } as never)) as train.Fitted;
    };
    const said = listen();
    const [compiled, plain] = [await run(true), await run(false)];
    for (const series of ["train", "validation"] as const)
      compiled.history[series].forEach((value, i) => {
        expect(value / plain.history[series][i]!).toBeCloseTo(1, 4);
      });
    expect(said()).toHaveLength(1);
  });

  test("nothing is said of a training with everything in it", async () => {
    const said = listen();
    await train.fit(nn.sequential(nn.linear(4, 8), nn.batchNorm(8), nn.dropout(0.2), nn.linear(8, 3)), {
      ...options,
      validation: 0.2,
      schedule: optim.schedule.cosine(0.1, { tMax: 12 }),
      clip: 1,
      penalty: (p: never) => loss.l2(p, { alpha: 1e-3 }),
      epochs: 8,
    } as never);
    expect(said()).toEqual([]);
  });
});
