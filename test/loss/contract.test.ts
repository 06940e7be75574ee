/**
 * What every loss keeps, whichever it is. Names come from the index and arguments from the golden table, so that a new loss is tested by being there.
 */
import { describe, expect, test } from "vitest";
import {
  checkGradients,
  grad,
  leavesOf,
  loss,
  mapTree,
  random,
  Tensor,
  type Tree,
  valueAndGrad,
  zeros,
} from "../../src/index.ts";
import { type Case, cast, findCases, run } from "./golden.ts";

const names = Object.entries(loss as Record<string, object>).flatMap(([name, value]) =>
  typeof value === "function" ? [name] : Object.keys(value).map((part) => `${name}.${part}`),
);
const cases = findCases();
const singles = findCases("float32");

/** A number that no formula can hold: the exponential of 1e4. */
const infinite = ["poissonNll", "uncertaintyWeighting", "sacTemperature"];
/** No reduction by weights: the mask weighs. */
const unweighted = ["sequenceCrossEntropy", "maskedLanguageModel"];
/** The same function under two names, tested under the other. */
const aliases = ["nonSaturating.discriminator"];

describe.each(names.filter((name) => !aliases.includes(name)))("%s", (name) => {
  const rows = cases.filter((row) => row.loss === name);
  const first = rows[0]!;
  const smooth = rows.filter((row) => choose(row).length > 0 && isInside(choose(row))).slice(0, 3);
  const isReduced = rows.some((row) => row.options["reduction"] !== undefined);

  test("has a row in the golden table", () => {
    expect(rows.length).toBeGreaterThan(0);
    expect(smooth.length, "rows with a gradient and away from corners").toBeGreaterThan(0);
  });

  test("the gradient is that of differences", () => {
    for (const row of smooth) checkGradients((chosen: Chosen) => total(row, chosen), choose(row), { seed: 1 });
  });

  test("the second derivative is that of differences", () => {
    for (const row of smooth) {
      const direction = choose(row).map((tree, i) =>
        mapTree((leaf) => random(i).normal(leaf.shape, { dtype: "float64" }), tree),
      );
      const slope = (chosen: Chosen) => {
        const gradients = leavesOf(grad((at: Chosen) => total(row, at))(chosen) as Tree);
        return leavesOf(direction)
          .map((along, i): Tensor => along.mul(gradients[i]!).sum())
          .reduce((a, b) => a.add(b));
      };
      checkGradients(slope, choose(row), { seed: 2 });
    }
  });

  if (isReduced)
    test("mean · N = sum = Σ none", () => {
      for (const row of rows) {
        const [none, sum, mean] = ["none", "sum", "mean"].map((reduction) => run(row, row.args, { reduction }));
        expectNear(none!.sum().item(), sum!.item());
        expect([sum!.shape, mean!.shape]).toEqual([[], []]);
        if (isPlain(row)) expectNear(mean!.item() * none!.size, sum!.item());
      }
    });

  if (isReduced)
    test("refuses a reduction that does not exist", () => {
      expect(() => run(first, first.args, { reduction: "avg" })).toThrow(
        new RegExp(`^${name}: reduction "avg" is none of "mean", "sum", "none"`),
      );
    });

  if (isReduced && !unweighted.includes(name))
    test("sample weights weigh, and have to fit", () => {
      const { sampleWeight: _, ...options } = first.options;
      const row = { ...first, options };
      const none = run(row, row.args, { reduction: "none" });
      const weights = random(3).uniform(none.shape, { dtype: "float64" });
      expectNear(
        run(row, row.args, { reduction: "sum", sampleWeight: weights }).item(),
        none.mul(weights).sum().item(),
      );
      expect(() => run(row, row.args, { sampleWeight: zeros([97]) })).toThrow(
        expect.objectContaining({
          name: "ShapeError",
          message: expect.stringMatching(`^${name}: sampleWeight of shape`),
        }),
      );
    });

  test("an argument of another shape is a sentence", () => {
    const isFree = name.includes(".") || name === "sacTemperature"; // any number of scores, any shape of them
    first.args.forEach((argument, i) => {
      if (i === 0 || isFree || !(argument instanceof Tensor)) return;
      const others = first.args.map((each, j) => (i === j ? zeros([97, 2, 3, 1, 5]) : each));
      expect(() => run(first, others), `argument ${i}`).toThrow(
        expect.objectContaining({ name: "ShapeError", message: expect.stringMatching(`^${name}: `) }),
      );
    });
  });

  test("finite at ±1e4, or out of the domain with a sentence", () => {
    if (infinite.includes(name)) return;
    for (const dtype of ["float64", "float32"] as const) {
      const row = { ...first, args: first.args.map((tree) => cast(tree, dtype)), cotangent: first.cotangent.to(dtype) };
      const far = choose(row).map((tree) => mapTree((leaf) => alternate(leaf), tree));
      try {
        const [value, gradients] = valueAndGrad((chosen: Chosen) => total(row, chosen))(far);
        expect(value.item()).toSatisfy(Number.isFinite);
        for (const gradient of leavesOf(gradients as Tree)) expect(gradient.data.every(Number.isFinite)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        expect((error as Error).message).toMatch(/ is not (above|between|\d)/);
      }
    }
  });

  test("keeps float32 whatever the options are of", () => {
    for (const [i, row] of cases.entries())
      if (row.loss === name) expect(run(singles[i]!, singles[i]!.args, row.options).dtype).toBe("float32");
  });
});

test("the table names no loss that is not there", () => {
  expect(cases.map((row) => row.loss).filter((name) => !names.includes(name))).toEqual([]);
});

type Chosen = readonly Tree[];

/** The arguments that have a gradient. */
function choose(row: Case): Chosen {
  return row.args.filter((_, i) => row.gradients[i] !== undefined);
}

/** Not one of the rows that sit on a corner or a bound: those are made of whole numbers. */
function isInside(chosen: Chosen): boolean {
  return leavesOf(chosen).every((leaf) => !leaf.data.every(Number.isInteger));
}

/** The number that is differentiated. */
function total(row: Case, chosen: Chosen): Tensor {
  let next = 0;
  return run(
    row,
    row.args.map((each, i) => (row.gradients[i] === undefined ? each : chosen[next++]!)),
  )
    .mul(row.cotangent)
    .sum();
}

/** No element counts for more than another. */
function isPlain({ loss: name, options, args }: Case): boolean {
  const isWeighted = ["sampleWeight", "weight", "ignoreIndex", "mask"].some((option) => option in options);
  const isIgnoring = args.some(
    (argument) => argument instanceof Tensor && argument.dtype === "int32" && argument.min().item() < 0,
  );
  return !isWeighted && !isIgnoring && name !== "maskedLanguageModel";
}

/** 1e4, -1e4, … in the shape of a tensor. */
function alternate(leaf: Tensor): Tensor {
  const flat = leaf.data.map((_, i) => (i % 2 === 0 ? 1e4 : -1e4));
  return new Tensor(flat, leaf.shape, leaf.dtype);
}

function expectNear(actual: number, wanted: number): void {
  if (!Number.isFinite(wanted)) expect(actual).toEqual(wanted);
  else expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(wanted)));
}
