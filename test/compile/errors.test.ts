import { describe, expect, test, vi } from "vitest";
import {
  compile,
  conv2d,
  grad,
  loss,
  optim,
  random,
  type Tensor,
  tensor,
  valueAndGrad,
  where,
} from "../../src/index.ts";

const x = tensor([1, 2, 3]);
const here = /\(at .*errors\.test\.ts:\d+:\d+\)/;

describe("what depends on values is a sentence that names the line and the alternative", () => {
  test.each<[string, (a: Tensor) => unknown]>([
    ["item", (a) => (a.sum().item() > 0 ? a : a.neg())],
    ["data", (a) => a.data[0]],
    ["toArray", (a) => a.toArray()],
    ["inside of grad", (a) => grad((b: Tensor) => b.mul(b.sum().item()).sum())(a)],
    ["inside of a loss", (a) => loss.mse(a, a.add(tensor(a.toArray() as number[])))],
    ["String", (a) => `${a}`],
  ])("%s", async (_, f) => {
    const failing = expect(compile(f)(x)).rejects;
    await failing.toThrow(
      /^The values of a tensor of shape \[3?\] are not known while a function is compiled: choose with where\(condition, a, b\) instead of if/,
    );
    await expect(compile(f)(x)).rejects.toThrow(here);
  });

  test("where is the alternative", async () => {
    const f = compile((a: Tensor) => where(a.sum().greater(0), a, a.neg()) as Tensor);
    expect((await f(x)).toArray()).toEqual([1, 2, 3]);
    expect((await f(x.neg())).toArray()).toEqual([1, 2, 3]);
    expect(compile.signatures(f)).toHaveLength(1);
  });

  test("the function can be mended and called again", async () => {
    let isBroken = true;
    const f = compile((a: Tensor) => (isBroken ? a.mul(a.sum().item()) : a.mul(2)));
    await expect(f(x)).rejects.toThrow("are not known");
    isBroken = false;
    expect((await f(x)).toArray()).toEqual([2, 4, 6]);
  });
});

describe("what cannot be drawn", () => {
  test("a promise", async () => {
    await expect(compile(async (a: Tensor) => a)(x)).rejects.toThrow(
      "compile: the function returned a promise; it has to be synchronous.",
    );
    await expect(compile(() => Promise.reject(new Error("lost")))()).rejects.toThrow("returned a promise");
  });

  test("what is not a function", () => {
    expect(() => compile(3 as never)).toThrow("compile: 3 where a function is needed.");
  });

  test("options that do not exist", () => {
    const f = (a: Tensor) => a;
    expect(() => compile(f, { devise: "cpu" } as never)).toThrow(
      "compile: there is no option devise; there are device, threads.",
    );
    expect(() => compile(f, { device: "tpu" } as never)).toThrow(
      'compile: device must be one of "cpu", "cuda", "webgpu", "coreml", "directml", "typescript", got "tpu".',
    );
    for (const [threads, written] of [
      [0, "0"],
      [-1, "-1"],
      [1.5, "1.5"],
      ["2", '"2"'],
      [Number.NaN, "NaN"],
    ])
      expect(() => compile(f, { threads: threads as number })).toThrow(
        `compile: threads must be a whole number of at least 1, got ${written}.`,
      );
    expect(() => compile(f, null as never)).toThrow(
      "compile: the options are null where { device, threads } is needed.",
    );
    expect(() => compile(f, "cpu" as never)).toThrow(
      'compile: the options are "cpu" where { device, threads } is needed.',
    );
  });

  test("a tensor that has left the function without being returned", async () => {
    let kept: Tensor = x;
    await compile((a: Tensor) => {
      kept = a.mul(2);
      return a.sum();
    })(x);
    const sentence =
      /^A tensor of shape \[3\] that was made while a function was compiled has no values: the function has to return it/;
    expect(() => kept.data).toThrow(sentence);
    expect(() => kept.add(1)).toThrow(sentence);
    expect(() => x.add(kept)).toThrow(here);
    await expect(compile((a: Tensor) => a.add(kept))(x)).rejects.toThrow(sentence);
  });

  test("L-BFGS, whose steps depend on values", async () => {
    const optimizer = optim.lbfgs();
    const step = compile((p: Tensor, s: optim.State<Tensor>) =>
      optimizer.update(grad((q: Tensor) => q.square().sum())(p), s, p),
    );
    await expect(step(x, optimizer.init(x))).rejects.toThrow(
      "lbfgs: its steps depend on values, which a function that is compiled does not know: compile the one that gives value and gradients, and call update outside of it.",
    );
  });

  test("a learning rate that is computed inside", async () => {
    const optimizer = optim.adam();
    const step = compile((p: Tensor, s: optim.State<Tensor>) => optimizer.update(p, s, p, { lr: p.sum() }));
    await expect(step(x, optimizer.init(x))).rejects.toThrow(
      /^A learning rate that is computed inside a compiled function is not known before it runs: give it as an argument, or give the optimizer a schedule/,
    );
  });

  test("a plain number of a generator", async () => {
    const generator = random(1);
    await expect(compile(() => tensor([generator.next()]))()).rejects.toThrow(
      /^A generator's next\(\) is a plain number, which a compiled function would keep for all its runs: draw a tensor instead \(at /,
    );
    await expect(compile(() => random(generator.state).normal([2]))()).rejects.toThrow(
      /^A generator's state is a plain/,
    );
  });

  test("what the function itself throws, throws", async () => {
    await expect(compile((a: Tensor) => a.matmul(tensor([[1], [2]])))(x)).rejects.toThrow(
      "matmul: [3] times [2, 1] – the inner sizes differ",
    );
    await expect(
      compile(() => {
        throw new RangeError("mine");
      })(),
    ).rejects.toThrow(new RangeError("mine"));
    expect(x.add(1).toArray()).toEqual([2, 3, 4]);
  });

  test("release and signatures of what was not compiled", () => {
    expect(() => compile.release(() => x)).toThrow(/^compile\.release: .* is not what compile gave back\.$/);
    expect(() => compile.signatures(Math.abs)).toThrow(/^compile\.signatures: /);
  });
});

test("a device that is not there is TypeScript, with one warning for all functions", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  for (const by of [2, 3]) {
    const f = compile((a: Tensor) => a.mul(by), { device: "cuda" });
    expect((await f(x)).toArray()).toEqual([by, 2 * by, 3 * by]);
    expect(compile.signatures(f)[0]!.engine).toBe("TypeScript");
  }
  expect(warn.mock.calls).toEqual([
    [
      expect.stringMatching(
        /^compile: The device "cuda" could not be opened: .* Functions are compiled to TypeScript instead\.$/,
      ),
    ],
  ]);
  warn.mockRestore();
});

test("an op that the engine does not have in float64 puts the whole graph into TypeScript, and nothing is said", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const f = compile((a: Tensor) => conv2d(a, a.slice([0, 1])) as Tensor, { device: "cpu" });
  const image = random(1).normal([1, 2, 4, 4], { dtype: "float64" });
  expect((await f(image)).item()).toBeCloseTo(image.square().sum().item(), 10);
  const { engine } = compile.signatures(f)[0]!;
  expect(engine).toMatch(/^(TypeScript|onnxruntime)/);
  expect(warn.mock.calls).toEqual([]);
  warn.mockRestore();
});

test("calls let the event loop turn when 25 ms have passed", async () => {
  const f = compile((a: Tensor) => a.mul(2));
  await f(x);
  let turns = 0;
  let next = setImmediate(function turn() {
    turns++;
    next = setImmediate(turn);
  });
  let time = performance.now();
  const clock = vi.spyOn(performance, "now").mockImplementation(() => (time += 26));
  for (let i = 0; i < 20; i++) await f(x);
  clock.mockRestore();
  clearImmediate(next);
  expect(turns).toBeGreaterThanOrEqual(19);
});

describe("plain values that change are compiled anew, with one warning", () => {
  test("a number", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const scale = compile(function scale(a: Tensor, by: number) {
      return a.mul(by);
    });
    for (let i = 0; i < 20; i++) expect((await scale(x, i)).toArray()).toEqual([i, 2 * i, 3 * i]);
    expect(warn.mock.calls).toEqual([
      [
        "compile: scale was compiled anew for each of 8 values of args[1], the last one 7; pass a tensor where a value changes from call to call.",
      ],
    ]);
    warn.mockRestore();
  });

  test("the step of a state, where the function looks at it", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const optimizer = optim.sgd({ lr: 1 });
    const step = compile((p: Tensor, s: optim.State<Tensor>) =>
      optimizer.update(p.mul(0).add(1), s, p, { lr: 1 / (s.step + 1) }),
    );
    let now = { params: tensor([0]) as Tensor, state: optimizer.init(tensor([0]) as Tensor) };
    for (let i = 0; i < 10; i++) now = await step(now.params, now.state);
    // 1 + 1/2 + … + 1/10
    expect(now.params.item()).toBeCloseTo(-2.9289682, 5);
    expect(compile.signatures(step)).toHaveLength(10);
    expect(warn.mock.calls).toEqual([[expect.stringContaining("8 values of args[1].step, the last one 7;")]]);
    warn.mockRestore();
  });
});

test("a wrong label is found by the engine where it cannot be seen before", async () => {
  const logits = random(0).normal([4, 3]);
  const step = (z: Tensor, y: Tensor) => valueAndGrad((at: Tensor) => loss.crossEntropy(at, y as never) as Tensor)(z);
  for (const device of ["typescript", "cpu"] as const)
    await expect(compile(step, { device })(logits, tensor([0, 1, 7, 2]))).rejects.toThrow();
});
