import { describe, expect, expectTypeOf, test } from "vitest";
import { compile, grad, nn, optim, random, type Shape, type Tensor, tensor, zeros } from "../../src/index.ts";

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("results", () => {
  test("any tree, with plain values between the tensors", async () => {
    const f = compile((a: Tensor, { name, list }: { name: string; list: readonly Tensor[] }) => ({
      name: `${name}!`,
      nothing: undefined,
      none: null,
      flag: true,
      sums: list.map((each) => each.sum()),
      deep: [{ a }, 3] as const,
    }));
    const a = tensor([1, 2]);
    const result = await f(a, { name: "x", list: [a, tensor([[4]])] });
    expect(plain(result)).toEqual({ name: "x!", none: null, flag: true, sums: [3, 4], deep: [{ a: [1, 2] }, 3] });
    expect(result.deep[0].a).toBe(a);
    expectTypeOf(result.deep[1]).toEqualTypeOf<3>();
  });

  test("a tensor from outside is a constant, and one that is returned twice is one", async () => {
    const outside = tensor([10, 20]);
    const f = compile((a: Tensor) => {
      const sum = a.add(outside);
      return { sum, again: sum, outside };
    });
    const result = await f(tensor([1, 2]));
    expect(result.again).toBe(result.sum);
    expect(result.outside).toBe(outside);
    expect(result.sum.toArray()).toEqual([11, 22]);
  });

  test("types: those of the function, also where it is generic in shapes", async () => {
    const f = compile(<S extends Shape>(a: Tensor<S>) => ({ a, sum: a.sum() }));
    expectTypeOf(f(zeros([2, 3])))
      .resolves.toHaveProperty("a")
      .toEqualTypeOf<Tensor<readonly [2, 3]>>();
    expect((await f(zeros([2, 3]))).sum.item()).toBe(0);
  });
});

describe("one graph for each signature", () => {
  test("shapes, dtypes, plain values, the form of trees, which generators are the same", async () => {
    const f = compile((a: Tensor, rest?: unknown) => (rest === 5 ? a.mul(5) : a.add(0)));
    const count = () => compile.signatures(f).length;
    await f(tensor([1, 2]));
    await f(tensor([3, 4]));
    expect(count()).toBe(1);
    await f(tensor([1, 2, 3]));
    expect(count()).toBe(2);
    await f(tensor([1, 2], { dtype: "float64" }));
    expect(count()).toBe(3);
    expect((await f(tensor([1, 2]), 5)).toArray()).toEqual([5, 10]);
    expect(count()).toBe(4);
    await f(tensor([1, 2]), { b: tensor([1]) });
    await f(tensor([1, 2]), { b: tensor([7]) });
    expect(count()).toBe(5);
    await f(tensor([1, 2]), { c: tensor([1]) });
    await f(tensor([1, 2]), [tensor([1])]);
    expect(count()).toBe(7);
    const [one, other] = [random(1), random(2)];
    await f(tensor([1, 2]), [one, other]);
    await f(tensor([1, 2]), [other, one]);
    expect(count()).toBe(8);
    await f(tensor([1, 2]), [one, one]);
    expect(count()).toBe(9);
  });

  test("what it was compiled to, in words", async () => {
    const f = compile(function double(a: Tensor, b: { w: Tensor }) {
      return a.mul(1).add(b.w).add(b.w).sub(0);
    });
    expect(String(f)).toBe("compiled double: not called yet");
    await f(tensor([1, 2]), { w: zeros([3, 2]) });
    expect(compile.signatures(f)).toEqual([
      { inputs: ["args[0] [2] float32", "args[1].w [3, 2] float32"], ops: 4, nodes: 2, engine: "TypeScript" },
    ]);
    const text = "compiled double: 2 inputs, 4 ops → 2 on TypeScript";
    expect(String(f)).toBe(text);
    const display = (f as unknown as Record<symbol, () => unknown>)[Symbol.for("Jupyter.display")]!;
    expect(display()).toEqual({ "text/plain": text });
  });
});

describe("inside of another", () => {
  const square = compile((a: Tensor) => a.mul(a));

  test("a compiled function is part of the one around it", async () => {
    const f = compile((a: Tensor) => (square(a) as unknown as Tensor).sum());
    expect((await f(tensor([1, 2]))).item()).toBe(5);
    expect(compile.signatures(square)).toHaveLength(0);
  });

  test("and of a gradient", () => {
    const slope = grad((a: Tensor) => (square(a) as unknown as Tensor).sum());
    expect(slope(tensor([1, 2])).toArray()).toEqual([2, 4]);
  });
});

describe("random numbers", () => {
  const draws = (g: ReturnType<typeof random>) => ({
    uniform: g.uniform([3], { low: -1, high: 2 }),
    normal: g.normal([2, 2]),
    truncated: g.truncatedNormal([3]),
    integers: g.integers(0, 10, [4]),
    bernoulli: g.bernoulli(0.5, [5]),
    permutation: g.permutation(6),
    split: g.split().normal([2]),
    categorical: g.categorical(tensor([0.2, 0.5, 0.3])),
    after: g.normal([1]),
  });

  test("are those that are drawn without, in the same order, from an argument or from outside", async () => {
    const [a, b, c] = [random(5), random(5), random(5)];
    const [given, outside] = [compile(draws), compile(() => draws(c))];
    for (let i = 0; i < 3; i++) {
      const wanted = plain(draws(a));
      expect(plain(await given(b))).toEqual(wanted);
      expect(plain(await outside())).toEqual(wanted);
    }
    expect([b.state, c.state]).toEqual([a.state, a.state]);
  });

  test("calls that overlap draw in the order of the calls", async () => {
    const [a, b] = [random(7), random(7)];
    const f = compile((g: typeof a) => g.normal([2]).mul(1));
    const wanted = [a.normal([2]), a.normal([2])].map(plain);
    expect(plain(await Promise.all([f(b), f(b)]))).toEqual(wanted);
  });

  test("a generator that is made inside begins anew each time", async () => {
    const f = compile((a: Tensor) => a.add(random(3).normal([2])));
    const first = await f(zeros([2]));
    expect(plain(await f(zeros([2])))).toEqual(plain(first));
    expect(plain(first)).toEqual(plain(random(3).normal([2])));
  });

  test("a generator comes back as it is", async () => {
    const f = compile((g: ReturnType<typeof random>) => ({ g, other: g.split(), drawn: g.normal([1]) }));
    const generator = random(1);
    const result = await f(generator);
    expect(result.g).toBe(generator);
    const again = random(1);
    expect(result.other.state).toEqual(again.split().state);
    expect(plain(result.drawn)).toEqual(plain(again.normal([1])));
    expect(generator.state).toEqual(again.state);
  });
});

describe("optimizers", () => {
  test("a learning rate as a tensor among the arguments needs one graph", async () => {
    const optimizer = optim.chain(optim.clipByValue(1), optim.adam());
    const step = (p: Tensor, s: optim.State<Tensor>, lr: Tensor | number) => optimizer.update(p.sin(), s, p, { lr });
    const compiled = compile(step);
    const params = random(1).normal([4]);
    let [a, b] = [0, 1].map(() => ({ params: params as Tensor, state: optimizer.init(params as Tensor) }));
    for (let i = 1; i < 12; i++) {
      a = step(a!.params, a!.state, 0.1 / i);
      b = await compiled(b!.params, b!.state, tensor(0.1 / i, { dtype: "float64" }));
      expect(plain(b.params.sub(a.params).abs().max().item())).toBeLessThan(1e-6);
    }
    expect(compile.signatures(compiled)).toHaveLength(1);
    expect(step(params, optimizer.init(params as Tensor), tensor(0.5)).params.toArray()).toEqual(
      step(params, optimizer.init(params as Tensor), 0.5).params.toArray(),
    );
  });

  test("two steps in one call, and a state that is given back as it came", async () => {
    const optimizer = optim.nadam({ lr: 0.1 });
    const step = (p: Tensor, s: optim.State<Tensor>) => {
      const once = optimizer.update(p, s, p);
      return { ...optimizer.update(once.params, once.state, once.params), before: s };
    };
    const params = tensor([1, -2]) as Tensor;
    const state = optimizer.init(params);
    const [wanted, actual] = [step(params, state), await compile(step)(params, state)];
    expect(actual.state.step).toBe(2);
    expect(actual.state.numbers).toEqual(wanted.state.numbers);
    expect(Object.keys(actual.state)).toEqual(Object.keys(wanted.state));
    expect(plain(actual.before)).toEqual(plain(state));
    expect(actual.params.sub(wanted.params).abs().max().item()).toBeLessThan(1e-6);
  });
});

test("layers with a state, float64, empty and scalar tensors", async () => {
  const layer = nn.batchNorm(3);
  const f = compile((s: ReturnType<typeof layer.initState>, a: Tensor<readonly [4, 3]>) =>
    layer.train(layer.init(random(0)), a, { state: s }),
  );
  const a = random(1).normal([4, 3]);
  const [[y, next], [wanted, after]] = [
    await f(layer.initState(), a),
    layer.train(layer.init(random(0)), a, { state: layer.initState() }),
  ];
  expect(y.sub(wanted).abs().max().item()).toBeLessThan(1e-6);
  expect(Object.keys(next)).toEqual(Object.keys(after));
  const scalar = compile((b: Tensor) => b.mul(2));
  expect((await scalar(tensor(3))).shape).toEqual([]);
  expect((await scalar(zeros([0, 3]))).shape).toEqual([0, 3]);
  expect((await scalar(tensor([1], { dtype: "float64" }))).dtype).toBe("float64");
  expect((await scalar(tensor([1], { dtype: "int32" }))).dtype).toBe("int32");
});
