/**
 * Every loss compiled on random shapes: rows of the golden table drawn with replacement, any number of them, with noise where the domain allows it, weighted and masked; value,
 * gradient and second derivative beside TypeScript in double precision. Everything is an argument, so nothing is known while it is drawn.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  compile,
  grad,
  leavesOf,
  mapTree,
  random,
  type Tensor,
  type Tree,
  tensor,
  valueAndGrad,
} from "../../src/index.ts";
import { type Case, cast, findCases, run } from "../loss/golden.ts";
import { expectNear } from "./near.ts";

/** Where float32 has no digits left once there is noise: differences of large numbers, boxes of nearly no area. Their own values are compared in contract.test.ts. */
const isHard = (row: Case) =>
  row.name.includes("without area") ||
  leavesOf(row.args).some((leaf) => leaf.data.some((value) => Math.abs(value) > 1e3));
const cases = findCases().filter(
  (row) => row.isSingle && !isHard(row) && row.gradients.some((gradient) => gradient !== undefined),
);
const names = [...new Set(cases.map((row) => row.loss))];
/** How the elements are weighed: not at all, by numbers of which some are 0, by numbers that are 0 or 1. */
const weighings = ["none", "weights", "mask"] as const;
/** No weights: their masks are arguments. */
const unweighted = ["sequenceCrossEntropy", "maskedLanguageModel"];
/** Of single numbers, however many: no rows. */
const rowless = ["weightedSum"];

test.each(names)("%s", async (name) => {
  const rows = cases.filter((row) => row.loss === name);
  const sizes = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...rows),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(...weighings),
      fc.integer({ min: 0, max: 1e6 }),
      async (row, count, weighing, seed) => {
        const drawn = draw(row, count, weighing, seed);
        if (drawn === undefined) return;
        sizes.add(leavesOf(drawn.given as unknown as Tree).reduce((sum, leaf) => sum + leaf.size, 0));
        for (const device of ["typescript", "cpu"] as const) {
          const compiled = compile(toAll(drawn.row, drawn.order), { device });
          const actual = await compiled(...(cast(drawn.given as unknown as Tree, "float32") as unknown as Given));
          await compile.release(compiled);
          const what = `${row.name} × ${count}, ${weighing}, ${device}`;
          expectNear(actual.value, drawn.wanted.value, 1e-4, `${what}: value`);
          expectNear(actual.gradient, drawn.wanted.gradient, 1e-4, `${what}: gradient`);
          expectNear(actual.second, drawn.wanted.second, 1e-3, `${what}: second derivative`);
        }
      },
    ),
    { numRuns: 6, seed: 1 },
  );
  expect(sizes.size, "sizes that were compared").toBeGreaterThan(rowless.includes(name) ? 0 : 1);
});

type Given = readonly [args: readonly Tree[], directions: readonly Tree[], weights: readonly Tensor[]];

/** Value, gradient and second derivative along a direction, of the arguments that have a gradient. */
function toAll(row: Case, order: readonly number[]) {
  return (args: readonly Tree[], directions: readonly Tree[], weights: readonly Tensor[]) => {
    const { dtype } = leavesOf(args).find((leaf) => leaf.dtype.startsWith("float"))!;
    const options = Object.fromEntries(
      Object.entries(row.options).map(([key, option]) => [key, toDType(option, dtype as "float32")]),
    );
    const objective = (chosen: readonly Tree[]): Tensor => {
      const all = args.map((each, i) => (order.includes(i) ? chosen[order.indexOf(i)]! : each));
      const value = run({ ...row, options }, all, weights.length > 0 ? { sampleWeight: weights[0]! } : {});
      return value.mul(value.add(1)).sum();
    };
    const at = order.map((i) => args[i]!);
    const [value, gradient] = valueAndGrad(objective)(at);
    const second = grad((chosen: readonly Tree[]) => {
      const slopes = leavesOf(grad(objective)(chosen) as Tree);
      const products = leavesOf(directions).map((each, i): Tensor => each.mul(slopes[i]!).sum());
      return products.reduce((a, b) => a.add(b));
    })(at);
    return { value: value as Tensor, gradient: gradient as Tree, second: second as Tree };
  };
}

function toDType(option: unknown, dtype: "float32" | "float64"): unknown {
  return typeof option === "object" && option !== null && "dtype" in option ? cast(option as Tensor, dtype) : option;
}

/** A row of the table with other rows, and what TypeScript makes of it; nothing if these do not fit together. */
function draw(row: Case, count: number, weighing: (typeof weighings)[number], seed: number) {
  const size = leavesOf(row.args).find((leaf) => leaf.shape.length > 0)?.shape[0];
  const indices = random(seed).integers(0, size ?? 1, [count]);
  const pick = (tree: Tree): Tree =>
    mapTree((leaf) => (size !== undefined && leaf.shape[0] === size ? leaf.take(indices) : leaf), tree);
  const order = row.gradients.flatMap((gradient, i) => (gradient === undefined ? [] : [i]));
  const { sampleWeight: _, ...options } = row.options;
  const own: Case = { ...row, options: mapOptions(options, pick) };
  for (const [picked, noise] of [
    [true, 0.02],
    [true, 0],
    [false, 0],
  ] as const) {
    const args = row.args.map((each, i) => {
      const here = picked ? pick(each) : each;
      const shake = (leaf: Tensor): Tensor =>
        leaf.add(
          random(seed + i)
            .normal(leaf.shape, { dtype: "float64" })
            .mul(noise),
        );
      return noise > 0 && order.includes(i) ? mapTree(shake, here) : here;
    });
    const directions = order.map((i) =>
      mapTree((leaf) => random(seed + i).normal(leaf.shape, { dtype: "float64" }), args[i]!),
    );
    try {
      const used = picked ? own : { ...row, options };
      const given: Given = [args, directions, weigh(used, args, weighing, seed)];
      return { row: used, order, given, wanted: toAll(used, order)(...given) };
    } catch (error) {
      // out of the domain with noise, or sizes that belong together
      if (!(error instanceof RangeError) && (error as Error).name !== "ShapeError") throw error;
    }
  }
  return undefined;
}

function mapOptions(options: Case["options"], pick: (tree: Tree) => Tree): Case["options"] {
  const tensors = ["mask"];
  return Object.fromEntries(
    Object.entries(options).map(([key, option]) => [key, tensors.includes(key) ? pick(option as Tensor) : option]),
  );
}

function weigh(row: Case, args: readonly Tree[], weighing: (typeof weighings)[number], seed: number): Tensor[] {
  const isWeighed = cases.some((each) => each.loss === row.loss && each.options["reduction"] !== undefined);
  if (!isWeighed || unweighted.includes(row.loss) || weighing === "none") return [];
  const { shape } = run(row, args, { reduction: "none" });
  const generator = random(seed + 99);
  const mask = generator.bernoulli(0.6, shape).to("float64");
  // one is there, so that a mean is one of something
  const some = shape.length === 0 ? tensor(1, { dtype: "float64" }) : mask.maximum(firstOf(mask));
  return [weighing === "mask" ? some : (some.mul(generator.uniform(shape, { dtype: "float64" })) as Tensor)];
}

/** 1 at the first element, 0 elsewhere. */
function firstOf(like: Tensor): Tensor {
  return tensor(
    Array.from({ length: like.size }, (_, i) => Number(i === 0)),
    { dtype: "float64" },
  ).reshape(like.shape);
}
