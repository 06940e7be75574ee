/**
 * Compiled is TypeScript in double precision to four digits and more, whatever is compiled: the tables are those of the losses, layers and optimizers themselves,
 * so a new one is compiled by being there.
 */
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import {
  compile,
  grad,
  leavesOf,
  type nn,
  type optim,
  random,
  Tensor,
  type Tree,
  tensor,
  valueAndGrad,
} from "../../src/index.ts";
import { type Case, cast, findCases, run } from "../loss/golden.ts";
import { layers } from "../nn/layers.ts";
import { optimizers } from "../optim/optimizers.ts";
import { expectNear } from "./near.ts";

/** By generated JavaScript, and by the engine. */
const devices = ["typescript", "cpu"] as const;
const made: ((...args: never) => unknown)[] = [];
afterAll(() => Promise.all(made.map((each) => compile.release(each))));

/** Runs a function compiled in float32 and as it is in float64. */
async function expectSame(f: (...args: Tree[]) => Tree, args: readonly Tree[], tolerance = 1e-4): Promise<void> {
  const wanted = f(...args.map((arg) => cast(arg, "float64")));
  for (const device of devices) {
    const compiled = compile(f, { device });
    made.push(compiled);
    const actual = await compiled(...args.map((arg) => cast(arg, "float32")));
    expectNear(actual, wanted, tolerance, device);
    // a gradient that is zero leaves nothing to run
    const { engine, nodes } = compile.signatures(compiled)[0]!;
    expect(engine).toMatch(device === "cpu" && nodes > 0 ? /^onnxruntime/ : /^TypeScript/);
  }
}

const cases = findCases();
const names = [...new Set(cases.map((row) => row.loss))];

describe.each(names)("loss %s", (name) => {
  const rows = chooseRows(cases.filter((row) => row.loss === name && row.isSingle));

  test("value and gradient", async () => {
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const chosen = choose(row);
      if (chosen.length === 0) await expectSame((...args) => run(inDType(row, args), args), row.args);
      else await expectSame((at) => valueAndGrad((inner: Chosen) => total(row, inner))(at as Chosen), [chosen]);
    }
  });
});

describe.each(
  layers.map(
    ([layer, shape]) =>
      [`${(layer as nn.Layer).name}(${(layer as nn.Layer).settings})`, layer as nn.Layer, shape] as const,
  ),
)("layer %s", (_, layer, shape) => {
  test("training, evaluation and gradient on batches of several sizes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 1e6 }), async (times, seed) => {
        const generator = random(seed);
        const params = layer.init(generator, { dtype: "float64" });
        const state = layer.initState({ dtype: "float64" });
        const x = generator.normal(
          shape.map((n, axis) => (axis === 0 ? n * times : n)),
          { dtype: "float64" },
        );
        await expectSame(
          (p, s, at) => {
            const [[value, rest], gradient] = valueAndGrad(([q, z]: readonly Tree[]) => {
              const [y, next] = layer.train(q!, z as Tensor, { state: s!, generator: random(3) });
              return [y.mul(y.sin()).sum() as Tensor, { y, next }] as const;
            })([p!, at!] as never);
            return { value, rest, gradient, evaluated: layer.apply(p!, at as Tensor, s) } as unknown as Tree;
          },
          [params, state, x],
        );
      }),
      { numRuns: 2 },
    );
  });
});

describe.each(Object.entries(optimizers).filter(([name]) => !name.startsWith("lbfgs")))(
  "optimizer %s",
  (_, optimizer) => {
    test("ten steps with one graph", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
          fc.integer({ min: 0, max: 1e6 }),
          async (shape, seed) => {
            type Params = { w: Tensor; b: readonly [Tensor] };
            const draw = (dtype: "float32" | "float64"): Params => ({
              w: random(seed).normal(shape, { dtype }),
              b: [random(seed + 1).normal([3], { dtype })],
            });
            const step = (params: Params, state: optim.State<Params>) => {
              const gradients = grad((p: Params) => p.w.sub(1).square().sum().add(p.b[0].sin().sum()))(params);
              return optimizer.update(gradients, state, params);
            };
            for (const device of devices) {
              const compiled = compile(step, { device });
              made.push(compiled);
              const start = draw("float64");
              let wanted = { params: start, state: optimizer.init(start) };
              let actual: typeof wanted = { params: draw("float32"), state: optimizer.init(draw("float32")) };
              for (let i = 0; i < 10; i++) {
                wanted = step(wanted.params, wanted.state);
                actual = await compiled(actual.params, actual.state);
              }
              expectNear(actual.params, wanted.params, 1e-4, device);
              expect(actual.state.step).toBe(10);
              expect(actual.state.numbers).toEqual(wanted.state.numbers);
              expectNear(slotsOf(actual.state), slotsOf(wanted.state), 1e-4, device);
              expect(compile.signatures(compiled)).toHaveLength(1);
            }
          },
        ),
        { numRuns: 4 },
      );
    });
  },
);

/** One row for each set of options, and all with values at the edges; losses.test.ts has reductions, weights and shapes at random. */
function chooseRows(rows: readonly Case[]): Case[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const isFar = leavesOf(row.args).some((leaf) => leaf.data.some((value) => Math.abs(value) > 1e3));
    const names = Object.keys(row.options).filter((option) => option !== "reduction" && option !== "sampleWeight");
    const kind = isFar ? row.name : `${names.toSorted()} ${row.gradients.map((gradient) => gradient !== undefined)}`;
    if (seen.has(kind)) return false;
    seen.add(kind);
    return true;
  });
}

/** Tensors only. */
function slotsOf(state: optim.State): Tree {
  return [state.slots, ...state.parts.map(slotsOf)] as Tree;
}

type Chosen = readonly Tree[];

function choose(row: Case): Chosen {
  return row.args.filter((_, i) => row.gradients[i] !== undefined);
}

function total(row: Case, chosen: Chosen): Tensor {
  const dtype = leavesOf(chosen)[0]!.dtype;
  const own = inDType(row, chosen);
  let next = 0;
  const value = run(
    own,
    own.args.map((each, i) => (row.gradients[i] === undefined ? each : chosen[next++]!)),
  );
  return value.mul(row.cotangent.to(dtype)).sum();
}

/** The row with constants and options of the dtype that is asked for. */
function inDType(row: Case, given: readonly Tree[]): Case {
  const { dtype } = leavesOf(given).find((leaf) => leaf.dtype.startsWith("float")) ?? tensor(0);
  const options = Object.entries(row.options).map(([key, value]) => [
    key,
    value instanceof Tensor ? cast(value, dtype) : value,
  ]);
  return { ...row, args: row.args.map((arg) => cast(arg, dtype)), options: Object.fromEntries(options) };
}
