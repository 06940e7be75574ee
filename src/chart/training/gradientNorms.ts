import { type Numbers, toVector } from "../../metric/input.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { leavesOf, pathsOf, type Tree } from "../../tensor/tree.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toCount, toList, toText } from "../text.ts";
import { type Curve, drawCurves } from "./curves.ts";
import { toName } from "./parameter.ts";
import { checkSmoothing } from "./smooth.ts";

/** The norm of the gradient of one layer at one step. */
export interface GradientNorm {
  readonly step: number;
  readonly layer: string;
  readonly norm: number;
}

export interface GradientNormsOptions extends ChartOptions {
  /** A logarithmic axis: gradients vanish and explode by factors. Default true. */
  log?: boolean;
  /** As in `lossCurve`. Default 0. */
  smoothing?: number;
  /** What one step is called. Default "step". */
  step?: string;
}

export interface LayerNorms {
  readonly first: number;
  readonly last: number;
  /** The largest norm and its step, counted from 0. */
  readonly largest: { readonly norm: number; readonly step: number };
}

/** By layer. */
export type GradientNormsNumbers = Readonly<Record<string, LayerNorms>>;

/**
 * The norm `‖g‖₂ = √Σ g²` of the gradient of each layer at each step, counted from 0: a layer that does not learn, or one that is about to explode, stands out. Takes the
 * gradients themselves, one tree for each step; lists of norms by layer; or rows `{ step, layer, norm }`.
 *
 * @example
 * chart.gradientNorms({ "0.weight": [1, 0.5], "2.weight": [2, 4] })
 * // "Gradient norms of 2 layers over 2 steps: the largest, 4, is that of 2.weight at step 1; at the end the layers differ by a factor of 8."
 * chart.gradientNorms([{ weight: tensor([3, 4]) }]).numbers["weight"]!.last // 5
 * @throws RangeError `gradientNorms: at least one step is needed, got none.`
 */
export function gradientNorms(
  gradients: readonly GradientNorm[] | readonly Tree[] | { readonly [layer: string]: Numbers },
  { log = true, smoothing = 0, step = "step", ...options }: GradientNormsOptions = {},
): Chart<GradientNormsNumbers> {
  checkSmoothing("gradientNorms", smoothing);
  const curves = toCurves(gradients);
  if (curves.length === 0 || curves.every(({ values }) => values.length === 0))
    throw new RangeError(`gradientNorms: at least one ${step} is needed, got none.`);
  const { rows, body } = drawCurves(curves, { step, value: "norm of the gradient", from: 0, log, smoothing });
  const spec = { title: "Gradient norms", width: 480, height: 260, ...options, ...body };
  const numbers = Object.fromEntries(curves.map(({ name, values }) => [name, measure(values)]));
  return new Chart(spec, describe(curves, numbers, step), numbers, rows);
}

function toCurves(gradients: Parameters<typeof gradientNorms>[0]): Curve[] {
  if (!Array.isArray(gradients))
    return Object.entries(gradients as { readonly [layer: string]: Numbers }).map(([name, norms]) => ({
      name,
      values: toVector("gradientNorms", `norms of ${name}`, norms),
    }));
  return isRow(gradients[0]) ? fromRows(gradients as GradientNorm[]) : fromTrees(gradients as Tree[]);
}

function isRow(value: unknown): value is GradientNorm {
  return typeof value === "object" && value !== null && typeof (value as Partial<GradientNorm>).norm === "number";
}

/** Steps without a row of a layer are gaps. */
function fromRows(rows: readonly GradientNorm[]): Curve[] {
  const wrong = rows.find(({ step }) => !(Number.isInteger(step) && step >= 0 && step < MOST_STEPS));
  if (wrong)
    throw new RangeError(`gradientNorms: step must be a whole number from 0 to ${MOST_STEPS - 1}, got ${wrong.step}.`);
  const steps = rows.reduce((most, { step }) => Math.max(most, step + 1), 0);
  const layers = new Map<string, Float64Array>();
  for (const { step, layer, norm } of rows) {
    const values = layers.get(layer) ?? new Float64Array(steps).fill(Number.NaN);
    values[step] = norm;
    layers.set(layer, values);
  }
  return [...layers].map(([name, values]) => ({ name, values }));
}

/** More would not fit into memory as one list for each layer. */
const MOST_STEPS = 10_000_000;

function fromTrees(trees: readonly Tree[]): Curve[] {
  const names = trees.length === 0 ? [] : pathsOf(trees[0]!).map(toName);
  const norms = trees.map((tree, step) => {
    const leaves = leavesOf(tree);
    if (leaves.length !== names.length)
      throw new TypeError(
        `gradientNorms: ${toCount(leaves.length, "tensor")} at step ${step} where step 0 has ${names.length}.`,
      );
    return leaves.map(findNorm);
  });
  return names.map((name, i) => ({ name, values: norms.map((step) => step[i]!) }));
}

/** JavaScript's numbers are float64: squares of large float32 numbers are finite in them. */
function findNorm(gradient: Tensor): number {
  let sum = 0;
  for (const g of gradient.data) sum += g * g;
  return Math.sqrt(sum);
}

function measure(values: ArrayLike<number>): LayerNorms {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[at]! || Number.isNaN(values[at]!)) at = i;
  return { first: values[0]!, last: values[values.length - 1]!, largest: { norm: values[at]!, step: at } };
}

function describe(curves: readonly Curve[], numbers: GradientNormsNumbers, step: string): string {
  const length = toCount(Math.max(...curves.map(({ values }) => values.length)), step);
  const entries = Object.entries(numbers).filter(([, { largest }]) => Number.isFinite(largest.norm));
  const broken = curves.filter(({ values }) => Array.from(values).some((norm) => !Number.isFinite(norm)));
  const head = `Gradient norms of ${toCount(curves.length, "layer")} over ${length}`;
  const gaps =
    broken.length > 0
      ? `; not finite everywhere in ${toList(
          broken.map(({ name }) => name),
          3,
        )}`
      : "";
  if (entries.length === 0) return `${head}${gaps}.`;
  const [layer, { largest }] = entries.reduce((most, each) =>
    each[1].largest.norm > most[1].largest.norm ? each : most,
  );
  const top = `: the largest, ${toText(largest.norm)}, is that of ${layer} at ${step} ${largest.step.toLocaleString("en")}`;
  const ends = entries.map(([, { last }]) => last).filter((last) => last > 0 && Number.isFinite(last));
  const factor = Math.max(...ends) / Math.min(...ends);
  const spread = ends.length > 1 ? `; at the end the layers differ by a factor of ${toText(factor)}` : "";
  return `${head}${top}${spread}${gaps}.`;
}
