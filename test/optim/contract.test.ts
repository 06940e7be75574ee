import { describe, expect, test } from "vitest";
import { leavesOf, mapTree, optim, random, Tensor, type Tree, tensor, valueAndGrad } from "../../src/index.ts";
import { optimizers } from "./optimizers.ts";

type Params = { w: Tensor; b: { readonly inner: Tensor } };

const all = Object.entries(optimizers);

/** An ellipse around (1, -2), (0.5). */
const loss = ({ w, b }: Params): Tensor =>
  w
    .sub(tensor([1, -2], { dtype: w.dtype }))
    .square()
    .mul(tensor([1, 4], { dtype: w.dtype }))
    .sum()
    .add(b.inner.sub(0.5).square().sum());
const evaluate = valueAndGrad(loss);

function start(dtype: "float32" | "float64" = "float64"): Params {
  return { w: tensor([3, 1], { dtype }), b: { inner: tensor([[-1]], { dtype }) } };
}

function run(optimizer: optim.Optimizer, params: Params, state: optim.State<Params>, steps: number) {
  for (let i = 0; i < steps; i++) {
    const [value, gradients] = evaluate(params);
    ({ params, state } = optimizer.update(gradients, state, params, { value, evaluate }));
  }
  return { params, state };
}

function numbersOf(tree: Tree): number[] {
  return leavesOf(tree).flatMap(({ data }) => Array.from(data));
}

/** Tensors through text and back. */
function copy<T>(value: T): T {
  const walk = (each: unknown): unknown => {
    if (each instanceof Tensor) {
      const { shape, dtype, data } = each;
      const text = JSON.stringify({ shape, dtype, data: Array.from(data) });
      const read = JSON.parse(text) as { shape: number[]; dtype: "float64"; data: number[] };
      return tensor(read.data, { dtype: read.dtype }).reshape(read.shape);
    }
    if (typeof each !== "object" || each === null) return each;
    if (Array.isArray(each)) return each.map(walk);
    return Object.fromEntries(Object.entries(each).map(([key, part]) => [key, walk(part)]));
  };
  return walk(value) as T;
}

describe.each(all)("%s", (_, optimizer) => {
  test("descends", () => {
    const before = loss(start()).item();
    const { params } = run(optimizer, start(), optimizer.init(start()), 150);
    expect(loss(params).item()).toBeLessThan(before / 20);
  });

  test("goes on from a saved state as if nothing had been", () => {
    const half = run(optimizer, start(), optimizer.init(start()), 7);
    const through = run(optimizer, half.params, half.state, 6);
    const resumed = run(optimizer, copy(half.params), copy(half.state), 6);
    expect(numbersOf(resumed.params)).toEqual(numbersOf(through.params));
    expect(resumed.state.step).toBe(13);
  });

  test("leaves everything as it was", () => {
    const { params, state } = run(optimizer, start(), optimizer.init(start()), 3);
    const [value, gradients] = evaluate(params);
    const given = () => [...numbersOf(params), ...numbersOf(gradients), ...numbersOf(state as never)];
    const before = given();
    const first = optimizer.update(gradients, state, params, { value, evaluate });
    const second = optimizer.update(gradients, state, params, { value, evaluate });
    expect(given()).toEqual(before);
    expect(numbersOf(second.params)).toEqual(numbersOf(first.params));
  });

  test.each(["float32", "float64"] as const)("keeps %s, shapes and the form of the tree", (dtype) => {
    const { params, state } = run(optimizer, start(dtype), optimizer.init(start(dtype)), 2);
    expect(leavesOf(params).map((leaf) => leaf.dtype)).toEqual([dtype, dtype]);
    expect(leavesOf(state as never).every((leaf) => leaf.dtype === dtype)).toBe(true);
    expect(params.b.inner.shape).toEqual([1, 1]);
  });

  test("says which gradient does not fit", () => {
    const state = optimizer.init(start());
    const wrong = { w: tensor([1, 2, 3]), b: { inner: tensor([[0]]) } };
    expect(() => optimizer.update(wrong, state, start(), { evaluate })).toThrow(
      `${optimizer.name}: a gradient of shape [3] for the parameter w of shape [2]`,
    );
    expect(() => optimizer.update({ w: tensor([1, 2]) } as never, state, start(), { evaluate })).toThrow(
      "Trees differ at the top: an object of w, b and an object of w.",
    );
  });

  test("refuses parameters that are not floats, and none", () => {
    expect(() => optimizer.init({ ids: tensor([1], { dtype: "int32" }) })).toThrow(
      /: the parameter ids is of dtype int32 where float32 or float64 is needed\.$/,
    );
    expect(() => optimizer.init({})).toThrow(/: the parameters have no tensor in them\.$/);
  });
});

const elementwise = all.filter(([name]) => !/lbfgs|chain/.test(name));

describe.each(elementwise)("%s: one loop and ops agree", (_, optimizer) => {
  test("and the ops have a gradient", () => {
    const gradients = random(1).normal([5], { dtype: "float64" });
    const params = random(2).normal([5], { dtype: "float64" });
    let state = optimizer.init(params);
    state = optimizer.update(gradients, state, params).state;
    const fused = optimizer.update(gradients, state, params).params;
    const [value, slope] = valueAndGrad((p: Tensor) => {
      const after = optimizer.update(gradients, state as optim.State<Tensor>, p).params;
      return [after.sum(), after] as const;
    })(params);
    expect(Array.from(value[1].data)).toEqual(Array.from(fused.data).map((each) => expect.closeTo(each, 13)));
    expect(slope.shape).toEqual([5]);
    expect(slope.at(0).item()).toBeGreaterThan(0.9);
  });

  test("with coefficients as tensors, as a compiled step has them", () => {
    const gradients = random(1).normal([5], { dtype: "float64" });
    const params = random(2).normal([5], { dtype: "float64" });
    const state = optimizer.init(params);
    const coefficients = Object.fromEntries(
      Object.entries(optimizer.coefficients(state)).map(([name, value]) => [
        name,
        tensor(value as number, { dtype: "float64" }),
      ]),
    );
    const { params: after } = optimizer.update(gradients, state, params, { coefficients });
    const fused = optimizer.update(gradients, state, params).params;
    expect(Array.from(after.data)).toEqual(Array.from(fused.data).map((each) => expect.closeTo(each, 13)));
  });
});

describe("what is known about them", () => {
  const params = tensor([1, 2, 3], { dtype: "float64" });
  const gradient = tensor([0.3, -2, 1e-3], { dtype: "float64" });
  const steps = (optimizer: optim.Optimizer, scale: number, count: number) => {
    let p: Tensor = params;
    let state = optimizer.init(p);
    for (let i = 0; i < count; i++) ({ params: p, state } = optimizer.update(gradient.mul(scale * (1 + i)), state, p));
    return p;
  };

  test.each(["adam", "adamw", "nadam", "radam", "adamax", "rmsprop", "adagrad", "lion"] as const)(
    "%s does not feel the scale of the gradient",
    (name) => {
      const optimizer = name === "lion" ? optim.lion({ lr: 0.1 }) : optim[name]({ lr: 0.1, eps: 1e-300 });
      const count = name === "radam" ? 0 : 10;
      const [small, large] = [steps(optimizer, 1, count), steps(optimizer, 1000, count)];
      small.data.forEach((each, i) => {
        expect(each).toBeCloseTo(large.data[i]!, 10);
      });
    },
  );

  test.each(["adam", "adamw", "adamax", "adagrad"] as const)("the first step of %s is lr", (name) => {
    const optimizer = optim[name]({ lr: 0.1, weightDecay: 0, eps: 1e-300 });
    const after = steps(optimizer, 1, 1);
    const moved = params.sub(after).toArray() as number[];
    moved.forEach((each, i) => {
      expect(each).toBeCloseTo(Math.sign(gradient.data[i]!) * 0.1, 12);
    });
  });

  test("adam with weightDecay and adamw differ: one decays with the gradient's scale, the other does not", () => {
    const [coupled, decoupled] = [
      steps(optim.adam({ lr: 0.1, weightDecay: 0.1 }), 1000, 3),
      steps(optim.adamw({ lr: 0.1, weightDecay: 0.1 }), 1000, 3),
    ];
    expect(coupled.at(1).item()).toBeCloseTo(
      steps(optim.adam({ lr: 0.1 }), 1000, 3)
        .at(1)
        .item(),
      4,
    );
    expect(decoupled.at(1).item()).not.toBeCloseTo(coupled.at(1).item(), 2);
  });

  test("traces in the documentation of optax: sum x² from [1, 2, 3], five steps", () => {
    const follow = (optimizer: optim.Optimizer) => {
      let p: Tensor = tensor([1, 2, 3], { dtype: "float64" });
      let state = optimizer.init(p);
      return Array.from({ length: 5 }, () => {
        ({ params: p, state } = optimizer.update(p.mul(2), state, p));
        return Number(p.square().sum().item().toFixed(6));
      });
    };
    expect(follow(optim.sgd({ lr: 0.003 }))).toEqual([13.832504, 13.667012, 13.5035, 13.341944, 13.182321]);
    expect(follow(optim.adam({ lr: 0.003 }))).toEqual([13.964027, 13.928109, 13.892248, 13.856444, 13.820698]);
    expect(follow(optim.adamw({ lr: 0.003, weightDecay: 1e-4 }))).toEqual([
      13.964019, 13.928093, 13.892223, 13.856411, 13.820657,
    ]);
  });

  test("a learning rate for one step", () => {
    const optimizer = optim.sgd({ lr: 1 });
    const { params: after } = optimizer.update(gradient, optimizer.init(params), params, { lr: 0 });
    expect(after.toArray()).toEqual(params.toArray());
  });

  test("schedules count from 0", () => {
    const seen: number[] = [];
    const optimizer = optim.sgd({
      lr: (step) => {
        seen.push(step);
        return 0.1;
      },
    });
    steps(optimizer, 1, 3);
    expect(seen).toEqual([0, 1, 2]);
  });

  test("lbfgs finds the end of Rosenbrock's valley in a few steps", () => {
    const valley = valueAndGrad((p: Tensor): Tensor => {
      const [a, b] = [p.at(0) as Tensor, p.at(1) as Tensor];
      return a.neg().add(1).square().add(b.sub(a.square()).square().mul(100));
    });
    const optimizer = optim.lbfgs({ lineSearchFn: "strongWolfe" });
    let p: Tensor = tensor([-1.2, 1], { dtype: "float64" });
    let state = optimizer.init(p);
    for (let i = 0; i < 3; i++) {
      const [value, gradients] = valley(p);
      ({ params: p, state } = optimizer.update(gradients, state, p, { value, evaluate: valley }));
    }
    expect(valley(p)[0].item()).toBeLessThan(1e-8);
  });

  test("clipping leaves a small gradient and shortens a long one", () => {
    const clip = optim.clipByGlobalNorm(1);
    const small = { a: tensor([0.3]), b: tensor([0.4]) };
    expect(clip.update(small, clip.init(small), small).gradients).toBe(small);
    const long = mapTree((g) => g.mul(100), small);
    expect(optim.globalNorm(clip.update(long, clip.init(long), long).gradients).item()).toBeCloseTo(1, 5);
  });
});
