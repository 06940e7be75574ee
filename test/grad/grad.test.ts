import { describe, expect, test } from "vitest";
import {
  checkGradients,
  customGradient,
  grad,
  hessian,
  hessianVectorProduct,
  jacobian,
  mapTree,
  random,
  stopGradient,
  type Tensor,
  tensor,
  valueAndGrad,
  where,
  zeros,
} from "../../src/index.ts";

const cube = (x: Tensor) => x.pow(3).sum();

test("derivatives of x³ up to the fourth", () => {
  const x = tensor([2], { dtype: "float64" });
  const slope = (f: (x: Tensor) => Tensor) => (at: Tensor) => grad(f)(at).sum() as Tensor;
  expect(grad(cube)(x).toArray()).toEqual([12]);
  expect(grad(slope(cube))(x).toArray()).toEqual([12]);
  expect(grad(slope(slope(cube)))(x).toArray()).toEqual([6]);
  expect(grad(slope(slope(slope(cube))))(x).item()).toBeCloseTo(0, 12);
});

test("an inner gradient does not see the outer variable as its own", () => {
  // d/dx x · (d/dy (x + y)) = 1, the classic confusion of perturbations gives 2
  const f = (x: Tensor) => x.mul(grad((y: Tensor) => x.add(y).sum())(tensor([1]))).sum();
  expect(grad(f)(tensor([3])).toArray()).toEqual([1]);
});

test("trees: objects, arrays, further arguments are constants, unused parameters get zeros", () => {
  const params = { layers: [{ w: tensor([2, 3]) }, { w: tensor([5]) }], unused: tensor([[1, 2]]) };
  const f = (p: typeof params, scale: Tensor, power: number) =>
    p.layers[0]!.w.mul(scale).pow(power).sum().mul(p.layers[1]!.w).sum();
  const g = grad(f)(params, tensor([1, 2]), 2);
  expect(g.layers[0]!.w.toArray()).toEqual([20, 120]);
  expect(g.layers[1]!.w.toArray()).toEqual([40]);
  expect(g.unused.toArray()).toEqual([[0, 0]]);
});

test("the same tensor twice adds up; the same tensor as parameter and as constant does not", () => {
  const x = tensor([3]);
  expect(grad((p: Tensor) => p.mul(p).add(p).sum())(x).toArray()).toEqual([7]);
  expect(grad((p: Tensor) => p.mul(x).sum())(x).toArray()).toEqual([3]);
});

test("control flow follows the values", () => {
  const f = (x: Tensor) => {
    let y = x;
    while (y.sum().item() < 100) y = y.mul(2);
    return y.sum();
  };
  expect(grad(f)(tensor([3])).toArray()).toEqual([64]);
});

test("value, extra results, and nothing of the tape in them", () => {
  const f = (w: Tensor) => [w.mul(w).sum(), { twice: w.mul(2), note: "kept" }] as const;
  const [[value, extra], gradient] = valueAndGrad(f)(tensor([1, 2]));
  expect(value.item()).toBe(5);
  expect(extra.twice.toArray()).toEqual([2, 4]);
  expect(extra.note).toBe("kept");
  expect(value.trace).toBeUndefined();
  expect(extra.twice.trace).toBeUndefined();
  expect(gradient.trace).toBeUndefined();
});

test("a tensor that escaped is an ordinary one afterwards", () => {
  let escaped: Tensor = zeros([1]);
  grad((x: Tensor) => {
    escaped = x.mul(3);
    return escaped.sum();
  })(tensor([2]));
  expect(escaped.add(1).toArray()).toEqual([7]);
  expect(escaped.add(1).trace).toBeUndefined();
  expect(grad((x: Tensor) => x.mul(escaped).sum())(tensor([1])).toArray()).toEqual([6]);
});

test("a function that throws leaves no tape behind", () => {
  expect(() =>
    grad(() => {
      throw new Error("no");
    })(tensor([1])),
  ).toThrow("no");
  expect(grad(cube)(tensor([1])).toArray()).toEqual([3]);
});

test("stopGradient and customGradient", () => {
  expect(grad((x: Tensor) => x.mul(stopGradient(x)).sum())(tensor([3])).toArray()).toEqual([3]);
  const straightThrough = customGradient(
    (x: Tensor) => x.round(),
    (g) => [g],
  );
  expect(grad((x: Tensor) => straightThrough(x).sum())(tensor([0.4])).toArray()).toEqual([1]);
  expect(straightThrough(tensor([0.6])).toArray()).toEqual([1]);
  const product = customGradient(
    (a: Tensor, b: Tensor) => a.mul(b),
    (g, [a, b]) => [g.mul(b), g.mul(a)],
  );
  const second = grad((x: Tensor) => grad((y: Tensor) => product(y, product(y, y)).sum())(x).sum())(tensor([2]));
  expect(second.toArray()).toEqual([12]);
  expect(() =>
    grad((x: Tensor) =>
      customGradient(
        (y: Tensor) => y.exp(),
        () => [],
      )(x).sum(),
    )(tensor([1])),
  ).toThrow("customGradient: 0 gradients where 1 are needed, one per input");
});

test("jacobian, hessian and their product with a direction", () => {
  expect(jacobian((x: Tensor) => x.mul(x))(tensor([1, 2])).toArray()).toEqual([
    [2, 0],
    [0, 4],
  ]);
  expect(
    jacobian((x: Tensor<readonly [2]>) =>
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]).matmul(x),
    )(zeros([2])).toArray(),
  ).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  const f = (x: Tensor) =>
    x
      .slice([0, 1])
      .mul(x.slice([1, 2]).square())
      .sum();
  expect(hessian(f)(tensor([3, 5])).toArray()).toEqual([
    [0, 10],
    [10, 6],
  ]);
  expect(hessianVectorProduct(f)(tensor([3, 5]), tensor([1, 2])).toArray()).toEqual([20, 22]);
});

test("a safe choice has no NaN in its gradient", () => {
  const f = (x: Tensor) => where(x.greater(0), where(x.greater(0), x, 1).log(), 0).sum();
  expect(grad(f)(tensor([-1, 2])).toArray()).toEqual([0, 0.5]);
});

describe("checkGradients", () => {
  const x = random(5).normal([3, 2]);
  test("agrees with a right gradient", () => {
    const { gradient, differences } = checkGradients((p: Tensor) => p.exp().mean() as Tensor, x);
    expect(gradient).toBeCloseTo(differences, 7);
  });
  test("finds a wrong one", () => {
    const wrong = customGradient(
      (p: Tensor) => p.square(),
      (g, [p]) => [g.mul(p)],
    );
    expect(() => checkGradients((p: Tensor) => wrong(p).sum() as Tensor, x)).toThrow(
      /the gradient says .* differences say/,
    );
  });
});

test.each<[() => unknown, string]>([
  [() => grad((x: Tensor) => x.exp())(zeros([3])), "grad: a result of shape [3] where one number is needed"],
  [
    () => grad((x: Tensor) => x.sum())(tensor([1], { dtype: "int32" })),
    "grad: the parameter is of dtype int32 where float32 or float64 is needed.",
  ],
  [
    () => grad((p: { a: Tensor }) => p.a.sum())({ a: tensor([true]) }),
    "grad: the parameter a is of dtype bool where float32 or float64 is needed.",
  ],
  [() => grad((_: Tensor[]) => zeros([]))([]), "grad: the first argument has no tensor in it."],
  [
    () => grad((() => 3) as never)(zeros([1]) as never),
    "grad: the function returned number 3 where a tensor is needed.",
  ],
  [
    () => grad((async () => zeros([])) as never)(zeros([1]) as never),
    "grad: the function returned a promise where a tensor is needed; it has to be synchronous.",
  ],
  [
    () => mapTree((a, b) => a.add(b!), { w: zeros([1]) } as Record<string, Tensor>, { v: zeros([1]) }),
    "Trees differ at the top: an object of w and an object of v.",
  ],
])("bad input %#", (f, sentence) => {
  expect(f).toThrow(sentence);
});

test("20,000 steps at constant memory", () => {
  const x = random(0).normal([8, 4]);
  const y = random(1).normal([8, 1]);
  const step = valueAndGrad((p: { w: Tensor; b: Tensor }) => x.matmul(p.w).add(p.b).sub(y).square().mean());
  let params: { w: Tensor; b: Tensor } = { w: zeros([4, 1]), b: zeros([1]) };
  const kept: Tensor[] = [];
  const run = (steps: number) => {
    for (let i = 0; i < steps; i++) {
      const [loss, gradient] = step(params);
      if (i % 100 === 0) kept.push(loss);
      params = mapTree((p, g) => p.sub(g.mul(0.01)), params, gradient);
    }
    return process.memoryUsage();
  };
  const before = run(5000);
  const after = run(20_000);
  expect(after.heapUsed - before.heapUsed).toBeLessThan(40e6);
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(40e6);
});
