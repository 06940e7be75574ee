import { Tensor } from "../../tensor/tensor.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toHover } from "../hover.ts";
import { toJson } from "../row.ts";
import { toLegendSelection, toOpacity, toStrokes } from "../series.ts";
import { toList, toText } from "../text.ts";
import { AXES, type Parameter, SHAPES, type Shape } from "./shapes.ts";

/** A loss that is a function of one number: the residual, the probability of the true class, or the margin. */
export type LossName = keyof typeof SHAPES;

export interface LossShapeOptions extends ChartOptions {
  /** Where the slider of `huber` begins. Default 1. */
  delta?: number;
  /** Of `smoothL1`. Default 1. */
  beta?: number;
  /** Of `quantile`. Default 0.9. */
  quantile?: number;
  /** Of `focal`. Default 2. */
  gamma?: number;
  /** From where to where. Default [-3, 3] for residuals and margins, [0, 1] for probabilities. */
  range?: readonly [number, number];
  /** Losses of one's own, by name: functions of a float64 tensor of residuals (probabilities, margins), element by element. */
  custom?: { readonly [name: string]: (x: Tensor) => Tensor };
}

export interface LossShapeNumbers {
  /** Residuals, probabilities or margins. */
  readonly x: readonly number[];
  /** The loss at each of them, with its parameter where the slider begins. */
  readonly losses: Readonly<Record<string, readonly number[]>>;
}

/**
 * Losses against what they look at: the residual (`mse`, `mae`, `huber`, `smoothL1`, `logCosh`, `quantile`), the probability of the true class (`crossEntropy`,
 * `focal`) or the margin (`hinge`, `squaredHinge`, `softMargin`). δ, β, q and γ are sliders inside the chart: it draws itself anew wherever it is shown, without a kernel.
 *
 * @example
 * chart.lossShape(["mse", "huber"], { delta: 1 })
 * // "2 losses against the residual from -3 to 3, mse and huber (δ = 1); at -3 they are 9 and 2.5."
 * chart.lossShape(["crossEntropy", "focal"]) // with a slider for γ
 * @throws RangeError `lossShape: there is no loss l3; there are mse, mae, huber, smoothL1, logCosh, quantile, crossEntropy, focal, hinge, squaredHinge, softMargin.`
 * @throws RangeError `lossShape: mse is a loss of a residual and focal one of a probability: no axis has both.`
 * @see Lin et al. 2017 (arXiv:1708.02002), figure 1
 */
export function lossShape(
  losses: LossName | readonly LossName[] = ["mse", "mae", "huber"],
  { custom = {}, range, delta, beta, quantile, gamma, ...options }: LossShapeOptions = {},
): Chart<LossShapeNumbers> {
  const shapes = [losses].flat().map((name): Line => ({ name, ...findShape(name as LossName) }));
  const against = checkAxis(shapes);
  const { title: xTitle, of, range: usual } = AXES[against];
  const given = { delta, beta, quantile, gamma };
  const lines = shapes.map((line) => withParameter(line, given));
  const steps = toSteps(against, range ?? usual);
  const x = Array.from({ length: COUNT }, (_, i) => steps.start + i * steps.step);
  const at = new Tensor(Float64Array.from(x), [COUNT], "float64");
  const drawn = [
    ...lines.map(({ name, loss, parameter }) => [name, evaluate(name, loss(at, parameter?.value ?? 0))] as const),
    ...Object.entries(custom).map(([name, loss]) => [name, evaluate(name, loss(at))] as const),
  ];
  if (drawn.length === 0) throw new RangeError("lossShape: at least one loss is needed, got none.");
  const names = drawn.map(([name]) => name);
  const own = drawn.slice(lines.length);
  const source = own.length === 0 ? { sequence: { ...steps, as: "x" } } : { values: toColumns(x, own, lines.length) };
  const sliders = lines.flatMap(({ name, parameter }) => (parameter ? [toSlider(name, parameter)] : []));
  const spec = {
    title: names.length === 1 ? `Loss: ${names[0]}` : "Losses",
    width: 420,
    height: 280,
    ...options,
    ...(sliders.length > 0 && { params: sliders }),
    ...draw(lines, names, { data: source, top: findTop(lines, at, drawn), xTitle }),
  };
  const numbers = { x, losses: Object.fromEntries(drawn) };
  const rows = drawn.flatMap(([series, values]) =>
    x.map((place, i) => ({ series, x: place, loss: toJson(values[i]!) })),
  );
  return new Chart(spec, describe(lines, drawn, x, of), numbers, rows);
}

/** So many points make a smooth curve with a corner where it belongs. */
const COUNT = 121;

interface Line extends Shape {
  readonly name: string;
}

function findShape(name: LossName): Shape {
  if (!Object.hasOwn(SHAPES, name))
    throw new RangeError(`lossShape: there is no loss ${name}; there are ${Object.keys(SHAPES).join(", ")}.`);
  return SHAPES[name];
}

function checkAxis(lines: readonly Line[]): Shape["against"] {
  const [first] = lines;
  const other = lines.find(({ against }) => against !== first!.against);
  if (other)
    throw new RangeError(
      `lossShape: ${first!.name} is a loss of a ${first!.against} and ${other.name} one of a ${other.against}: no axis has both.`,
    );
  return first?.against ?? "residual";
}

/** The slider reaches as far as what was asked for. */
function withParameter(line: Line, given: Readonly<Record<Parameter["option"], number | undefined>>): Line {
  const { parameter } = line;
  if (!parameter) return line;
  const value = given[parameter.option] ?? parameter.value;
  const [min, max] = [Math.min(parameter.min, value), Math.max(parameter.max, value)];
  return { ...line, parameter: { ...parameter, value, min, max } };
}

/** A probability of 0 has no finite loss: the first one is one step above it. */
function toSteps(against: Shape["against"], [from, to]: readonly [number, number]) {
  if (!(Number.isFinite(from) && Number.isFinite(to) && from < to))
    throw new RangeError(`lossShape: range must go from a number to a larger one, got [${from}, ${to}].`);
  if (against === "probability" && (from < 0 || to > 1))
    throw new RangeError(`lossShape: a range of probabilities must lie in [0, 1], got [${from}, ${to}].`);
  const isOpen = against === "probability" && from === 0;
  const step = (to - from) / (isOpen ? COUNT : COUNT - 1);
  const start = isOpen ? step : from;
  return { start, stop: start + (COUNT - 0.5) * step, step };
}

function evaluate(name: string, loss: Tensor): number[] {
  if (!(loss instanceof Tensor) || loss.size !== COUNT || loss.rank !== 1)
    throw new TypeError(
      `lossShape: ${name} gives ${loss instanceof Tensor ? `shape [${loss.shape.join(", ")}]` : typeof loss} where a loss for each of the ${COUNT} numbers is needed: reduction "none".`,
    );
  return Array.from(loss.data);
}

function toColumns(x: readonly number[], own: readonly (readonly [string, readonly number[]])[], from: number) {
  return x.map((place, i) => ({
    x: place,
    ...Object.fromEntries(own.map(([, values], k) => [`loss${from + k}`, toJson(values[i]!)])),
  }));
}

function toSlider(name: string, { option, symbol, value, min, max, step }: Parameter) {
  return { name: option, value, bind: { input: "range", min, max, step, name: `${symbol} of ${name} ` } };
}

/** As high as the highest curve at either end of its slider, so that the axis stands still while it is moved. */
function findTop(lines: readonly Line[], at: Tensor, drawn: readonly (readonly [string, readonly number[]])[]): number {
  const extremes = lines.flatMap(({ loss, parameter }) =>
    parameter ? [parameter.min, parameter.max].flatMap((value) => Array.from(loss(at, value).data)) : [],
  );
  const all = [...extremes, ...drawn.flatMap(([, values]) => values)].filter(Number.isFinite);
  return all.reduce((most, value) => Math.max(most, value), 0) || 1;
}

function draw(
  lines: readonly Line[],
  names: readonly string[],
  { data, top, xTitle }: { data: object; top: number; xTitle: string },
) {
  const columns = names.map((_, i) => `loss${i}`);
  const label = toLabel(lines);
  const strokes = toStrokes(names, names.length > 1 || label ? { orient: names.length > 4 ? "right" : "top" } : {});
  const [color, strokeDash] = [strokes["color"], strokes["strokeDash"]].map((channel) => {
    const { legend, ...rest } = channel as { legend: object | null };
    return { ...rest, legend: legend && { ...legend, ...(label && { labelExpr: label }) } };
  });
  return {
    data,
    transform: [
      ...lines.map(({ expression, parameter }, i) => ({
        calculate: expression(parameter?.option ?? ""),
        as: columns[i],
      })),
      { fold: columns, as: ["column", "loss"] },
      { calculate: `${JSON.stringify(names)}[indexof(${JSON.stringify(columns)}, datum.column)]`, as: "series" },
    ],
    encoding: { x: { field: "x", type: "quantitative", title: xTitle, scale: { nice: false, zero: false } } },
    layer: [
      {
        ...(names.length > 1 && { params: [toLegendSelection()] }),
        mark: { type: "line", clip: true, strokeWidth: 2.5 },
        encoding: {
          y: { field: "loss", type: "quantitative", title: "loss", scale: { domain: [0, top], nice: true } },
          color,
          strokeDash,
          opacity: names.length > 1 ? toOpacity() : { value: 1 },
        },
      },
      ...toHover(names, color, { x: "x", y: "loss", xTitle }),
    ],
  };
}

/** Names in the legend with the numbers that the sliders have now. */
function toLabel(lines: readonly Line[]): string | undefined {
  const parts = lines.flatMap(({ name, parameter }) =>
    parameter
      ? [`datum.label == '${name}' ? '${name}, ${parameter.symbol} = ' + format(${parameter.option}, '.2~f')`]
      : [],
  );
  return parts.length === 0 ? undefined : `${parts.join(" : ")} : datum.label`;
}

function describe(
  lines: readonly Line[],
  drawn: readonly (readonly [string, readonly number[]])[],
  x: readonly number[],
  of: string,
): string {
  const names = drawn.map(([name], i) => {
    const parameter = lines[i]?.parameter;
    return parameter ? `${name} (${parameter.symbol} = ${toText(parameter.value)})` : name;
  });
  const [from, to] = [toText(x[0]!), toText(x.at(-1)!)];
  const ends = toList(drawn.map(([, values]) => toText(values[0]!)));
  const head = names.length === 1 ? `The loss ${names[0]}` : `${names.length} losses`;
  const list = names.length === 1 ? "" : `, ${toList(names)}`;
  return `${head} against the ${of} from ${from} to ${to}${list}; at ${from} ${names.length === 1 ? "it is" : "they are"} ${ends}.`;
}
