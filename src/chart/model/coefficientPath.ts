import { type Numbers, toRows, toVector } from "../../metric/input.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { thin } from "../decimate.ts";
import { toHover } from "../hover.ts";
import { toLegendSelection, toOpacity, toStrokes } from "../series.ts";
import { toCount, toText } from "../text.ts";
import { GUIDE } from "../theme.ts";

/** What `model.ridgePath` and `model.lassoPath` return: penalties `[A]` and a row of coefficients for each, `[A, F]`. */
export interface CoefficientPathData {
  readonly alphas: Numbers;
  readonly coefficients: Numbers;
}

export interface CoefficientPathOptions extends ChartOptions {
  /** The names of the features. Default x0, x1 … */
  featureNames?: readonly string[] | undefined;
  /** A logarithmic axis of penalties; one of 0 cannot be drawn on it and is left out. Default true. */
  log?: boolean;
  /** What the penalty is called. Default "α". */
  name?: string;
}

export interface CoefficientPathNumbers {
  readonly alphas: readonly number[];
  /** By feature, a coefficient for each penalty. */
  readonly coefficients: Readonly<Record<string, readonly number[]>>;
  /** How many coefficients are not 0, for each penalty. */
  readonly nonZero: readonly number[];
}

/** The line of 0 stands out: there a feature plays no part. */
const ZERO_AXIS = {
  gridWidth: { condition: { test: "datum.value === 0", value: 2 }, value: 1 },
  gridColor: { condition: { test: "datum.value === 0", value: GUIDE.color }, value: "#80808033" },
  gridOpacity: 1,
};

/** Beyond this the lines cannot be told apart. */
const MOST_FEATURES = 40;

/**
 * Coefficients against the strength of the penalty, a line for each feature, the strongest penalty on the left, as in scikit-learn's examples: they grow from 0 to those
 * of least squares. Of more than 40 features those with the largest coefficients are drawn.
 *
 * @example
 * const { features, target, featureNames } = data.housePrices(50, { seed: 1 });
 * chart.coefficientPath(model.ridgePath(features, target), { featureNames }).numbers.alphas.length // 100
 * chart.coefficientPath({ alphas: [1, 0.1], coefficients: [[0, 0], [2, -1]] })
 * // "Coefficients of 2 features for 2 penalties; at α 0.1 the largest is 2, of x0; 0 of 2 are not 0 at α 1, 2 at α 0.1."
 * @throws RangeError `coefficientPath: 3 penalties do not match 2 rows of coefficients.`
 * @throws RangeError `coefficientPath: 3 names do not match 2 features.`
 * @see scikit-learn, Plot Ridge coefficients as a function of the regularization
 */
export function coefficientPath(
  path: CoefficientPathData,
  { featureNames, log = true, name = "α", ...options }: CoefficientPathOptions = {},
): Chart<CoefficientPathNumbers> {
  const numbers = toNumbers(path, featureNames);
  const drawn = findLargest(numbers);
  const rows = toPoints(numbers, drawn, log);
  const { color, strokeDash } = toStrokes(drawn, { orient: "right", title: "feature" });
  const x = {
    field: "alpha",
    type: "quantitative",
    title: name,
    scale: { ...(log ? { type: "log" } : { zero: false }), nice: false, reverse: true },
    axis: { grid: false, tickCount: 6, ...(log && { format: "~g" }) },
  };
  const spec = {
    title: "Coefficients",
    width: 440,
    height: 300,
    ...options,
    data: { values: rows },
    encoding: { x },
    layer: [
      {
        ...(drawn.length > 1 && { params: [toLegendSelection()] }),
        mark: { type: "line" },
        encoding: {
          y: { field: "coefficient", type: "quantitative", title: "coefficient", axis: ZERO_AXIS },
          color,
          strokeDash,
          opacity: drawn.length > 1 ? toOpacity() : { value: 1 },
          order: { field: "alpha" },
        },
      },
      ...toHover(drawn, color, { x: "alpha", y: "coefficient", xTitle: name }),
    ],
  };
  return new Chart(spec, describe(numbers, drawn, name), numbers, rows);
}

function toNumbers(
  { alphas, coefficients }: CoefficientPathData,
  names: readonly string[] | undefined,
): CoefficientPathNumbers {
  const penalties = Array.from(toVector("coefficientPath", "alphas", alphas));
  if (penalties.length === 0) throw new RangeError("coefficientPath: at least one penalty is needed, got none.");
  const { data, rows, columns } = toRows("coefficientPath", "coefficients", coefficients);
  if (rows !== penalties.length)
    throw new RangeError(`coefficientPath: ${penalties.length} penalties do not match ${rows} rows of coefficients.`);
  if (names && names.length !== columns)
    throw new RangeError(`coefficientPath: ${names.length} names do not match ${columns} features.`);
  const features = Array.from({ length: columns }, (_, i) => names?.[i] ?? `x${i}`);
  return {
    alphas: penalties,
    coefficients: Object.fromEntries(
      features.map((name, i) => [name, penalties.map((_, row) => data[row * columns + i]!)]),
    ),
    nonZero: penalties.map((_, row) => features.filter((_, i) => data[row * columns + i] !== 0).length),
  };
}

function findLargest({ coefficients }: CoefficientPathNumbers): string[] {
  const names = Object.keys(coefficients);
  if (names.length <= MOST_FEATURES) return names;
  const size = (name: string) => coefficients[name]!.reduce((most, c) => Math.max(most, Math.abs(c)), 0);
  const sizes = new Map(names.map((name) => [name, size(name)]));
  return names.toSorted((a, b) => sizes.get(b)! - sizes.get(a)!).slice(0, MOST_FEATURES);
}

function toPoints({ alphas, coefficients }: CoefficientPathNumbers, names: readonly string[], log: boolean) {
  const places = thin(alphas.length, Math.max(2, Math.floor(4000 / names.length)));
  const ends = [...new Set([...places, alphas.length - 1])];
  // + 0, as JSON has no −0
  return names.flatMap((series) =>
    ends
      .filter(
        (i) => Number.isFinite(alphas[i]) && (!log || alphas[i]! > 0) && Number.isFinite(coefficients[series]![i]),
      )
      .map((i) => ({ series, alpha: alphas[i]!, coefficient: coefficients[series]![i]! + 0 })),
  );
}

function describe(
  { alphas, coefficients, nonZero }: CoefficientPathNumbers,
  drawn: readonly string[],
  name: string,
): string {
  const names = Object.keys(coefficients);
  const cut = drawn.length < names.length ? ` (the ${drawn.length} largest are drawn)` : "";
  const order = alphas.map((_, i) => i).sort((a, b) => alphas[a]! - alphas[b]!);
  const [weakest, strongest] = [order[0]!, order.at(-1)!];
  const largest = names.reduce((most, each) =>
    Math.abs(coefficients[each]![weakest]!) > Math.abs(coefficients[most]![weakest]!) ? each : most,
  );
  const at = (i: number) => `${name} ${toText(alphas[i]!)}`;
  const most = `at ${at(weakest)} the largest is ${toText(coefficients[largest]![weakest]!)}, of ${largest}`;
  const kept = `${nonZero[strongest]} of ${names.length} are not 0 at ${at(strongest)}, ${nonZero[weakest]} at ${at(weakest)}`;
  return `Coefficients of ${toCount(names.length, "feature")}${cut} for ${alphas.length.toLocaleString("en")} ${alphas.length === 1 ? "penalty" : "penalties"}; ${most}; ${kept}.`;
}
