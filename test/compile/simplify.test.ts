/** Each rewrite: that it fires, and that the values stay. The values of the graph as it was drawn, evaluated op by op, are the oracle. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Graph, inOrder, type Node } from "../../src/compile/graph.ts";
import { simplify } from "../../src/compile/simplify/simplify.ts";
import { trace } from "../../src/compile/trace/trace.ts";
import { conv2d, grad, maxPool2d, nn, ones, random, type Tensor, tensor, where, zeros } from "../../src/index.ts";
import { find } from "../../src/op/apply.ts";
import type { TypedArray } from "../../src/tensor/dtype.ts";

type F = (...args: Tensor[]) => Tensor | readonly Tensor[];

/** Op by op, without any rewriting. */
function evaluate({ inputs, outputs }: Graph, args: readonly Tensor[], all: Graph): TypedArray[] {
  const values = new Map<Node, TypedArray>();
  for (const [i, input] of all.inputs.entries()) values.set(input, args[i]!.data);
  for (const input of inputs) expect(values.has(input)).toBe(true);
  for (const node of inOrder(outputs)) {
    if (node.kind === "constant") values.set(node, node.data);
    if (node.kind !== "op") continue;
    const given = node.inputs.map(({ shape, dtype }, i) => ({ shape, dtype, data: values.get(node.inputs[i]!)! }));
    values.set(node, find(node.op).evaluate(given, node.attrs, node));
  }
  return outputs.map((output) => values.get(output)!);
}

/** The ops before and after, once it is clear that the values are the same. */
function check(f: F, args: readonly Tensor[], tolerance = 1e-5): { before: string[]; after: string[] } {
  const { graph } = trace(f as never, args);
  const simple = simplify(graph);
  expect(simple.outputs.map(({ shape, dtype }) => [shape, dtype])).toEqual(
    graph.outputs.map(({ shape, dtype }) => [shape, dtype]),
  );
  const wanted = evaluate(graph, args, graph);
  evaluate(simple, args, graph).forEach((values, k) => {
    expect(values.length).toBe(wanted[k]!.length);
    values.forEach((value, i) => {
      const want = wanted[k]![i]!;
      if (Number.isNaN(want) || !Number.isFinite(want)) expect(value).toEqual(want);
      else expect(Math.abs(value - want) / Math.max(1, Math.abs(want)), `${value} for ${want}`).toBeLessThan(tolerance);
    });
  });
  const ops = ({ outputs }: Graph) => inOrder(outputs).flatMap((node) => (node.kind === "op" ? [node.op] : []));
  return { before: ops(graph), after: ops(simple) };
}

const [a, b] = [random(1).normal([2, 3]), random(2).normal([3, 4])];
const image = random(3).normal([2, 3, 6, 6]);
const generator = random(4);

/** What is written, and the ops that are left of it. */
const rewrites: Record<string, [f: F, args: readonly Tensor[], after: string[]]> = {
  "the same op of the same inputs is one": [(x) => x.exp().mul(x.exp()), [a], ["exp", "mul"]],
  "what nobody needs is nothing": [
    (x) => {
      x.sin();
      return x.cos();
    },
    [a],
    ["cos"],
  ],
  "constants are folded": [(x) => x.add(tensor([1, 2, 3]).mul(2).exp()), [a], ["add"]],
  "a large result of constants is left to the engine": [(x) => x.add(ones([300, 300]).sin().sum()), [a], ["add"]],
  "x + 0, x · 1, x / 1, x – 0, x¹": [(x) => x.add(0).mul(1).div(1).sub(0).pow(1), [a], []],
  "0 + x, 1 · x": [(x) => tensor(0).add(tensor(1).mul(x)), [a], []],
  "x + 0 stays where 0 spreads it": [(x) => x.add(zeros([4, 2, 3])), [a], ["broadcastTo"]],
  "casts that lose nothing": [(x) => x.to("float64").to("float32"), [a], []],
  "casts that lose something stay": [(x) => x.to("int32").to("float32"), [a.mul(9)], ["cast", "cast"]],
  "marks of gradients": [(x) => x.stopGradient().exp().stopGradient(), [a], ["exp"]],
  "reshape of reshape": [(x) => x.reshape([3, 2]).reshape([6]).exp().reshape([6]).reshape([2, 3]), [a], ["exp"]],
  "permute of permute": [(x) => x.permute([0, 2, 3, 1]).permute([0, 3, 1, 2]), [image], []],
  "two permutations are one": [(x) => x.permute([1, 0, 2, 3]).permute([0, 1, 3, 2]), [image], ["permute"]],
  "permuting axes of size 1 is a reshape": [(x) => x.unsqueeze(0).permute([1, 0, 2]), [a], ["reshape"]],
  "transposes into products": [(x, y) => y.transpose().matmul(x.transpose()), [a, b], ["matmul"]],
  "a transposed row is a reshape": [
    (x, w) => x.matmul(w.transpose()),
    [a, generator.normal([1, 3])],
    ["reshape", "matmul"],
  ],
  "(AB)ᵀ": [(x, y) => x.matmul(y).transpose(), [a, b], ["matmul"]],
  "(AB)ᵀ beside AB": [(x, y) => [x.matmul(y).transpose(), x.matmul(y).exp()], [a, b], ["matmul", "permute", "exp"]],
  "a spread scalar is left to the op": [(x) => x.mul(tensor(2).broadcastTo([2, 3])), [a], ["mul"]],
  "spread values are spread at the end": [
    (x) =>
      x
        .sum(1, { keepDims: true })
        .broadcastTo([2, 3])
        .exp()
        .mul(ones([2, 3]).mul(2)),
    [a],
    ["sum", "exp", "mul", "broadcastTo"],
  ],
  "sums of spread values": [(x) => x.sum().broadcastTo([4, 5]).sum(), [a], ["sum", "mul"]],
  "sums over some spread axes": [
    (x) => x.unsqueeze(1).broadcastTo([2, 7, 3]).sum([1, 2]),
    [a],
    ["reshape", "sum", "mul"],
  ],
  "sum of sum": [(x) => x.sum([2, 3]).sum(), [image], ["sum"]],
  "sums that keep their axes": [(x) => x.sum(1).reshape([2, 1]), [a], ["sum"]],
  "a sum of one": [(x) => x.reshape([2, 1, 3]).sum(1), [a], []],
  "–(–x), x + (–y), x – (–y)": [
    (x) => x.neg().neg().add(x.exp().neg()).sub(x.sin().neg()),
    [a],
    ["exp", "sub", "sin", "add"],
  ],
  "(–x)(–y), –(x – y)": [(x) => x.exp().neg().mul(x.neg()).sub(x).neg(), [a], ["exp", "mul", "sub"]],
  "factors become one": [(x) => x.mul(3).div(4).neg().mul(2), [a], ["mul"]],
  "factors that leave the range of float32 stay": [(x) => x.mul(1e-20).mul(1e-20), [a], ["mul", "mul"]],
  "a factor of a product goes to its smaller side": [
    (x, y) => x.matmul(y).mul(0.1),
    [generator.normal([20, 2]), generator.normal([2, 30])],
    ["mul", "matmul"],
  ],
  "masks of masks": [
    (x) => where(x.greater(0), x, 0).mul(x.greater(0)).mul(x.greater(0).to("float32")),
    [a],
    ["greater", "where"],
  ],
  "where of where": [(x) => where(x.greater(0), where(x.greater(0), x, 0).neg(), 0), [a], ["greater", "where", "neg"]],
  "relu after the pooling": [(x) => maxPool2d(x.relu(), 2) as Tensor, [image], ["maxPool", "relu"]],
  "one number for each channel after the pooling": [
    (x) => maxPool2d(x.add(tensor([1, 2, 3]).reshape([3, 1, 1])), 2) as Tensor,
    [image],
    ["maxPool", "add"],
  ],
  "what is a sum over what was pooled": [
    (x) =>
      grad((y: Tensor) =>
        maxPool2d(image.add(y.reshape([1, 3, 1, 1])), 2)
          .sin()
          .sum(),
      )(x),
    [generator.normal([3])],
    ["reshape", "add", "maxPool", "cos", "sum"],
  ],
  "parts side by side": [
    (x, y) =>
      x
        .pad([
          [0, 0],
          [0, 4],
        ])
        .add(
          y.pad([
            [0, 0],
            [3, 1],
          ]),
        ),
    [a, generator.normal([2, 3])],
    ["broadcastTo", "concat"],
  ],
  "parts over one another": [
    (x, y) =>
      x
        .pad([
          [0, 0],
          [0, 1],
        ])
        .add(
          y.pad([
            [0, 0],
            [1, 0],
          ]),
        )
        .add(
          x.exp().pad([
            [0, 0],
            [1, 0],
          ]),
        ),
    [a, generator.normal([2, 3])],
    ["exp", "broadcastTo", "concat", "concat", "concat", "add", "add"],
  ],
  "sums of products": [
    (x, y) => x.transpose().matmul(y).add(x.sin().transpose().matmul(y.sin())).add(x.cos().transpose().matmul(y.cos())),
    [generator.normal([2, 9]), generator.normal([2, 8])],
    ["sin", "sin", "cos", "cos", "concat", "concat", "matmul"],
  ],
  "sums of products that are smaller than what they are made of": [
    (x, y) => x.matmul(y).add(x.sin().matmul(y)),
    [generator.normal([2, 9]), generator.normal([9, 2])],
    ["sin", "matmul", "matmul", "add"],
  ],
  "columns without their last axis": [
    (x, y) =>
      x
        .matmul(y)
        .add(tensor([0.5]))
        .sigmoid()
        .mul(2)
        .exp()
        .matmul(y.transpose()),
    [generator.normal([2000, 3]), generator.normal([3, 1])],
    ["matmul", "reshape", "add", "sigmoid", "mul", "exp", "reshape", "reshape", "matmul"],
  ],
  "x + x": [(x) => x.exp().add(x.exp()).add(x.exp()), [a], ["exp", "mul"]],
  "a factor of a sum": [(x) => x.mul(0.5).sum().add(x.exp().neg().sum()), [a], ["sum", "mul", "exp", "sum", "sub"]],
  "a divisor of all terms": [
    (x) =>
      x
        .sin()
        .div(x.exp().sum(1, { keepDims: true }))
        .sum(1),
    [a],
    ["sin", "exp", "sum", "sum", "div", "reshape"],
  ],
  "a factor of elements goes to the smaller side": [
    (x) => x.mul(x.exp().sum(1, { keepDims: true })).mul(0.1),
    [a],
    ["exp", "sum", "mul", "mul"],
  ],
  "the gradient of a softmax": [
    (x, y) => grad((z: Tensor) => z.softmax(1).mul(y!).sum())(x!),
    [a, generator.normal([2, 3])],
    ["max", "sub", "exp", "sum", "div", "mul", "sum", "sub", "mul"],
  ],
  "sums of sums": [
    (x, y) => x.sum(0).add(y.exp().sum(0)).add(x.sin().sum(0)),
    [a, b.transpose()],
    ["exp", "sin", "concat", "sum"],
  ],
};

test.each(Object.entries(rewrites))("%s", (name, [f, args, wanted]) => {
  const { before, after } = check(f, args);
  const found = [...after].sort();
  if (name === "what is a sum over what was pooled") {
    expect(before).toContain("maxUnpool");
    expect(found).not.toContain("maxUnpool");
  } else expect(found).toEqual([...wanted].sort());
});

describe("values stay", () => {
  test("of pooling under relu and its gradient, also where windows overlap, hang over, or all is cut", () => {
    const window = fc.record({
      stride: fc.constantFrom<[number, number]>([1, 1], [2, 1], [2, 2], [3, 2]),
      padding: fc.constantFrom<[number, number]>([0, 0], [1, 0], [1, 1]),
    });
    fc.assert(
      fc.property(window, fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(-3, -0.5, 0, 2), (options, seed, shift) => {
        const x = random(seed).normal([2, 2, 5, 6]).add(shift);
        const bias = random(seed + 1).normal([2, 1, 1]);
        const f: F = (at, shifted) => {
          const slope = (y: Tensor, c: Tensor) =>
            grad(([z, d]: readonly [Tensor, Tensor]) => maxPool2d(z.add(d).relu(), 2, options).sin().sum())([y, c]);
          const [first, second] = slope(at!, shifted!);
          return [maxPool2d(at!.relu(), 3, options) as Tensor, first, second];
        };
        const { before, after } = check(f, [x, bias]);
        expect(after.length).toBeLessThan(before.length);
      }),
      { numRuns: 40 },
    );
  });

  test("of random expressions and their gradients", () => {
    const steps: readonly ((x: Tensor, y: Tensor) => Tensor)[] = [
      (x, y) => x.add(y),
      (x, y) => x.sub(y.neg()),
      (x, y) => x.mul(y).neg(),
      (x) => x.mul(2).div(3),
      (x) => x.transpose().mul(1).transpose(),
      (x, y) => x.matmul(y.transpose()).transpose().sin().matmul(y),
      (x) => x.sub(x.max(1, { keepDims: true }).stopGradient()).logSoftmax(1),
      (x) => where(x.greater(0), x, 0).mul(x.greater(0)),
      (x) => x.mean().broadcastTo([3, 3]).add(x),
      (x) => x.reshape([9]).reshape([1, 3, 3]).permute([0, 2, 1]).sum(0),
      (x) => x.sum(0).add(x.sum(1, { keepDims: true })),
      (x) => x.relu().softmax(0),
      (x, y) => x.div(y.square().add(1)).add(0),
    ];
    fc.assert(
      fc.property(
        fc.array(fc.nat(steps.length - 1), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 1e6 }),
        (picks, seed) => {
          const value = (x: Tensor, y: Tensor) => picks.reduce((at, pick) => steps[pick]!(at, y), x);
          const [x, y] = [
            random(seed).normal([3, 3], { dtype: "float64" }),
            random(seed + 1).normal([3, 3], { dtype: "float64" }),
          ];
          check((p, q) => [value(p!, q!), grad((r: Tensor) => value(r, q!).sin().sum())(p!)], [x, y], 1e-9);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("of a softmax over many rows: its columns do not hide it", () => {
    const rows = random(1).normal([2048, 3]);
    const f: F = (x, w) => grad((x: Tensor) => x.softmax().mul(w!).sum())(x!);
    const { after } = check(f, [rows, random(2).normal([2048, 3])]);
    expect(after).toEqual(["max", "sub", "exp", "sum", "div", "mul", "sum", "sub", "mul"]);
  });

  test.each(["gru", "lstm"] as const)("of the gradient of a loop: %s", (cell) => {
    const layer = nn[cell](3, 4);
    const params = layer.init(random(1), { dtype: "float64" });
    const names = Object.keys(params) as (keyof typeof params)[];
    const f: F = (x, ...weights) => {
      const given = Object.fromEntries(names.map((name, i) => [name, weights[i]!])) as typeof params;
      const slopes = grad((p: typeof params) => layer.apply(p, x!).sin().sum())(given);
      return names.map((name) => slopes[name] as Tensor);
    };
    const { before, after } = check(
      f,
      [random(2).normal([9, 2, 3], { dtype: "float64" }), ...names.map((name) => params[name]!)],
      1e-12,
    );
    expect(before.filter((op) => op === "pad").length).toBeGreaterThan(9);
    expect(after.filter((op) => op === "pad").length).toBeLessThan(3);
    expect(after.length).toBeLessThan(0.75 * before.length);
  });

  test("of a convolution's gradient", () => {
    check(
      (x, w) => grad((v: Tensor) => (conv2d(x!, v as never, { padding: 1 }) as Tensor).relu().sum())(w!),
      [image, random(9).normal([4, 3, 3, 3])],
    );
  });
});
