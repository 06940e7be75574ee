import { Tensor } from "../../tensor/tensor.ts";
import type { Tree } from "../../tensor/tree.ts";
import { countValues, spaceEdges } from "../bins.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { COLOURS } from "../palette.ts";
import { toCount, toList, toText } from "../text.ts";
import { GUIDE } from "../theme.ts";
import { toName } from "./parameter.ts";

/** Parameters, gradients, activations: tensors or lists of numbers in objects and arrays to any depth, or what `train.fit` returned. */
export type Weights = Tree | ArrayLike<number> | { readonly [name: string]: Weights } | readonly Weights[];

export interface WeightHistogramOptions extends ChartOptions {
  /** How many bins each of them has, from its lowest to its highest number; one where all are equal. Default 40. */
  bins?: number;
  /** What the numbers are: the name of the axis. Default "weight". */
  name?: string;
}

export interface WeightStatistics {
  readonly count: number;
  /** How many are NaN or infinite; all others are what the rest tells of. */
  readonly notFinite: number;
  readonly mean: number;
  /** The standard deviation `√(Σ (w – w̄)² / n)`. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** By name: `0.weight`. */
export type WeightHistogramNumbers = Readonly<Record<string, WeightStatistics>>;

/** More histograms would be too flat to be read, or the picture too long. */
const MOST_DRAWN = 40;

/**
 * A histogram of each parameter, one below the other on one axis, each as high as the others: layers that are not used, saturated or far from the rest stand out.
 * Of more than 40 the first 40 are drawn; `numbers` has all.
 *
 * @example
 * chart.weightHistogram({ weight: tensor([1, -1, 1, -1]), bias: tensor([0, 0]) })
 * // "Weights of 2 tensors, 6 numbers from -1 to 1; the standard deviation is largest in weight, 1, and smallest in bias, 0."
 * @throws TypeError `weightHistogram: .bias is text where a tensor or numbers are needed.`
 * @throws RangeError `weightHistogram: at least one number is needed, got none.`
 */
export function weightHistogram(
  weights: Weights | { readonly params: Tree; readonly history: unknown },
  { bins = 40, name = "weight", ...options }: WeightHistogramOptions = {},
): Chart<WeightHistogramNumbers> {
  if (!Number.isInteger(bins) || bins < 1 || bins > 200)
    throw new RangeError(`weightHistogram: bins must be a whole number from 1 to 200, got ${bins}.`);
  const found = findNumbers(isFitted(weights) ? weights.params : weights, "");
  const measured = found.map(([path, values]) => [toName(path), values, measure(values)] as const);
  const width = findWidth(
    measured.map(([, , statistics]) => statistics),
    bins,
  );
  const layers = measured.map(
    ([layer, values, statistics]) => [layer, { ...statistics, ...toBins(values, statistics, bins, width) }] as const,
  );
  if (!layers.some(([, { count }]) => count > 0))
    throw new RangeError("weightHistogram: at least one number is needed, got none.");
  const drawn = layers.slice(0, MOST_DRAWN);
  const rows = drawn.flatMap(([layer, statistics], i) => toRows(layer, statistics, i));
  const height = drawn.length * (drawn.length <= 8 ? 40 : 24);
  const spec = { title: `${toCapital(name)}s by layer`, width: 420, height, ...options, ...draw(drawn, rows, name) };
  return new Chart(spec, describe(layers, name), Object.fromEntries(layers), rows);
}

function isFitted(weights: object): weights is { readonly params: Tree } {
  return "params" in weights && "history" in weights;
}

/** Paths and numbers of the leaves, in the order of their keys. */
function findNumbers(value: unknown, path: string): [path: string, values: ArrayLike<number>][] {
  if (value instanceof Tensor) return [[path, value.data]];
  if (ArrayBuffer.isView(value)) return [[path, value as unknown as ArrayLike<number>]];
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each === "number")) return value.length > 0 ? [[path, value]] : [];
    return value.flatMap((each, i) => findNumbers(each, `${path}[${i}]`));
  }
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, each]) => findNumbers(each, `${path}.${key}`));
  throw new TypeError(
    `weightHistogram: ${path || "the first argument"} is ${typeof value === "string" ? "text" : String(value)} where a tensor or numbers are needed.`,
  );
}

function measure(values: ArrayLike<number>): Omit<WeightStatistics, "edges" | "counts"> {
  let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    count++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) squares += (values[i]! - mean) ** 2;
  const { length } = values;
  return {
    count: length,
    notFinite: length - count,
    mean,
    std: Math.sqrt(squares / count),
    // + 0, as JSON has no −0
    min: min + 0,
    max: max + 0,
  };
}

type Extent = Pick<WeightStatistics, "min" | "max">;

/** Of a bin where all numbers of a tensor are equal, as biases at the beginning: that of one over the numbers of all tensors. */
function findWidth(extents: readonly Extent[], bins: number): number {
  const finite = extents.filter(({ min, max }) => min <= max);
  const low = finite.reduce((least, { min }) => Math.min(least, min), Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, { max }) => Math.max(most, max), Number.NEGATIVE_INFINITY);
  return high > low ? high / bins - low / bins : Math.abs(high) / 10 || 1;
}

function toBins(values: ArrayLike<number>, { min, max }: Extent, bins: number, width: number) {
  if (!(min <= max)) return { edges: [], counts: [] };
  const edges = min < max ? spaceEdges(min, max, bins) : [min - width / 2, max + width / 2];
  return { edges, counts: countValues(values, edges) };
}

/** A bar from `bottom` up to `top`; the `i`-th histogram stands between i and i + 1, and the axis runs downwards. */
function toRows(layer: string, { edges, counts }: WeightStatistics, i: number) {
  const most = Math.max(...counts);
  return counts.flatMap((count, bin) =>
    count === 0
      ? []
      : [{ layer, from: edges[bin]!, to: edges[bin + 1]!, count, top: i + 1 - (0.85 * count) / most, bottom: i + 1 }],
  );
}

function draw(layers: readonly (readonly [string, WeightStatistics])[], rows: readonly object[], name: string) {
  const y = {
    type: "quantitative",
    title: null,
    scale: { domain: [0, layers.length], reverse: true, nice: false },
    axis: {
      values: layers.map((_, i) => i + 0.6),
      labelExpr: `${JSON.stringify(layers.map(([layer]) => layer))}[floor(datum.value)]`,
      labelLimit: 160,
      ticks: false,
      grid: false,
      domain: false,
    },
  };
  const spreads = layers.map(([, { std, notFinite }], i) => ({
    place: i + 0.6,
    base: i + 1,
    text: `${Number.isFinite(std) ? `σ ${toText(std)}` : ""}${notFinite > 0 ? ` (${toCount(notFinite, "number")} not finite)` : ""}`,
  }));
  const span = layers.map(([, { min, max }]) => [min, max]).filter(([min]) => Number.isFinite(min));
  const holdsZero = span.some(([min]) => min! <= 0) && span.some(([, max]) => max! >= 0);
  return {
    layer: [
      ...(holdsZero
        ? [
            {
              data: { values: [{ zero: 0 }] },
              mark: { type: "rule", ...GUIDE },
              encoding: { x: { field: "zero", type: "quantitative" } },
            },
          ]
        : []),
      {
        data: { values: rows },
        mark: { type: "rect", color: COLOURS[0], opacity: 0.85 },
        encoding: {
          x: {
            field: "from",
            type: "quantitative",
            title: name,
            scale: { zero: false, nice: false, ...(rows.length === 0 && { domain: [-1, 1] }) },
            axis: { tickCount: 6 },
          },
          x2: { field: "to" },
          y: { ...y, field: "top" },
          y2: { field: "bottom" },
          tooltip: [
            { field: "layer", type: "nominal" },
            { field: "from", type: "quantitative", format: ".4~g" },
            { field: "to", type: "quantitative", format: ".4~g" },
            { field: "count", type: "quantitative", title: "numbers", format: "," },
          ],
        },
      },
      {
        data: { values: spreads },
        mark: { type: "rule", color: GUIDE.color, opacity: 0.5 },
        encoding: { y: { ...y, field: "base" } },
      },
      {
        data: { values: spreads },
        mark: { type: "text", color: GUIDE.color, align: "left", dx: 6 },
        encoding: { x: { value: "width" }, y: { ...y, field: "place" }, text: { field: "text" } },
      },
    ],
  };
}

function describe(layers: readonly (readonly [string, WeightStatistics])[], name: string): string {
  const total = layers.reduce((sum, [, { count }]) => sum + count, 0);
  const broken = layers.filter(([, { notFinite }]) => notFinite > 0);
  const finite = layers.filter(([, { std }]) => Number.isFinite(std));
  const gaps =
    broken.length > 0
      ? `; not all are finite in ${toList(
          broken.map(([layer]) => layer),
          3,
        )}`
      : "";
  const cut = layers.length > MOST_DRAWN ? ` (the first ${MOST_DRAWN} are drawn)` : "";
  const head = `${toCapital(name)}s of ${toCount(layers.length, "tensor")}${cut}, ${toCount(total, "number")}`;
  if (finite.length === 0) return `${head}${gaps}.`;
  const low = finite.reduce((least, [, { min }]) => Math.min(least, min), Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, [, { max }]) => Math.max(most, max), Number.NEGATIVE_INFINITY);
  const sorted = finite.toSorted(([, a], [, b]) => b.std - a.std);
  const [[most, widest], [least, narrowest]] = [sorted[0]!, sorted.at(-1)!];
  const spread =
    finite.length === 1
      ? `; the standard deviation is ${toText(widest.std)}`
      : `; the standard deviation is largest in ${most}, ${toText(widest.std)}, and smallest in ${least}, ${toText(narrowest.std)}`;
  return `${head} from ${toText(low)} to ${toText(high)}${spread}${gaps}.`;
}

function toCapital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
