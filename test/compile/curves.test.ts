/** 200 compiled steps lose what PyTorch's lose, from the same parameters on the same batches. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compile, loss, optim, type Tensor, type Tree, valueAndGrad } from "../../src/index.ts";
import { drawNumbers, models, type Problem } from "../golden/curvesNumbers.ts";

interface Curve {
  readonly name: Problem;
  readonly lr: number;
  /** How far PyTorch's own curves lie apart, from float32 to float64 and from one thread to two. */
  readonly spread: number;
  readonly losses: readonly number[];
}

const { cases } = JSON.parse(readFileSync(new URL("../golden/curves.json", import.meta.url), "utf8")) as {
  readonly cases: readonly Curve[];
};
/** Relative, and a tenth of it absolute where a loss is nearly 0. */
const TOLERANCE = 1e-3;
const SMALL = 0.1;
/** A few seconds on a quiet machine. */
const LIMIT_MS = 180_000;

describe("loss curves", () => {
  test("both are there, and determined more closely than they are tested", () => {
    expect(cases.map(({ name }) => name)).toEqual(["mlp", "cnn"]);
    for (const { spread, losses } of cases) {
      expect(spread).toBeLessThan(TOLERANCE / 2);
      expect(losses).toHaveLength(200);
      expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
    }
  });

  test.each(cases)(
    "$name",
    async ({ name, lr, losses }) => {
      const found = await trainCompiled(name, lr, losses.length);
      losses.forEach((want, step) => {
        const difference = Math.abs(found[step]! - want) / Math.max(SMALL, want);
        expect(difference, `step ${step}: ${found[step]} for ${want}`).toBeLessThan(TOLERANCE);
      });
    },
    LIMIT_MS,
  );
});

/** The losses before each of so many steps. */
async function trainCompiled(name: Problem, lr: number, steps: number): Promise<number[]> {
  const { params: first, batches } = drawNumbers(name);
  const apply = models[name].apply as (params: Tree, x: Tensor) => Tensor;
  const objective = (params: Tree, x: Tensor, y: Tensor) => loss.crossEntropy(apply(params, x), y) as Tensor;
  const optimizer = optim.adam({ lr });
  const step = compile((params: Tree, state: optim.State, x: Tensor, y: Tensor) => {
    const [value, gradients] = valueAndGrad(objective)(params, x, y);
    return { value, ...optimizer.update(gradients, state, params) };
  });
  const found: number[] = [];
  let params: Tree = first;
  let state: optim.State = optimizer.init(params);
  for (let i = 0; i < steps; i++) {
    const { x, y } = batches[i % batches.length]!;
    const next = await step(params, state, x, y);
    ({ params, state } = next);
    found.push(next.value.item());
  }
  await compile.release(step);
  return found;
}
