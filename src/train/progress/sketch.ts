import { decimate } from "../../chart/decimate.ts";
import { COLOURS, DASHES } from "../../chart/palette.ts";
import type { Curve } from "./curve.ts";

/** The plotting area, as large as the chart's that takes its place at the end. */
const [WIDTH, HEIGHT] = [480, 260];
const MARGIN = { left: 50, right: 16, top: 26, bottom: 42 };

/** More points than this cannot be told apart on so many pixels. */
const MOST = 960;

/**
 * A loss curve as SVG, while it changes. JupyterLab empties the place of a Vega chart before it draws the next one: five times a second that flickers, and
 * a notebook jumps. Colours of text are the page's; what is drawn is the chart's palette.
 */
export function toSketch({ train, validation = [], step }: Curve): string {
  const series = [
    { name: "training", losses: train },
    { name: "validation", losses: validation },
  ]
    .filter(({ losses }) => losses.length > 0)
    .map(({ name, losses }) => ({ name, points: decimate(losses, MOST).map((i) => [i + 1, losses[i]!] as const) }));
  const x = toScale([1, Math.max(2, train.length)], WIDTH);
  const finite = series.flatMap(({ points }) => points.map(([, loss]) => loss).filter(Number.isFinite));
  const ticks = { x: toTicks(1, Math.max(2, train.length), 8, 1), y: toTicks(...findRange(finite), 5) };
  const y = toScale([ticks.y.at(-1)!, ticks.y[0]!], HEIGHT);
  const parts = [
    ...ticks.y.map((t) => `${rule(0, y(t), WIDTH, y(t))}${text(-8, y(t) + 3.5, "end", write(t))}`),
    ...ticks.x.map((t) => text(x(t), HEIGHT + 16, "middle", write(t))),
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="currentColor" stroke-opacity="0.2"/>`,
    ...series.map(({ points }, i) => path(points, x, y, i)),
    ...(series.length > 1 ? series.map(({ name }, i) => legend(name, i)) : []),
    text(WIDTH / 2, HEIGHT + 34, "middle", step),
    `<text transform="translate(-38 ${HEIGHT / 2}) rotate(-90)" text-anchor="middle">loss</text>`,
  ];
  const [width, height] = [WIDTH + MARGIN.left + MARGIN.right, HEIGHT + MARGIN.top + MARGIN.bottom];
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="loss by ${step}" width="${width}" height="${height}" viewBox="${-MARGIN.left} ${-MARGIN.top} ${width} ${height}" font-size="11" fill="currentColor" style="display:block;max-width:100%">${parts.join("")}</svg>`;
}

/** Pieces between what is not finite; a piece of one point is a dot. */
function path(points: readonly (readonly [number, number])[], x: Scale, y: Scale, series: number): string {
  let isDrawing = false;
  const steps = points.map(([at, loss]) => {
    if (!Number.isFinite(loss)) {
      isDrawing = false;
      return "";
    }
    const [px, py] = [x(at).toFixed(1), y(loss).toFixed(1)];
    const move = isDrawing ? `L${px} ${py}` : `M${px} ${py}h0`;
    isDrawing = true;
    return move;
  });
  return `<path d="${steps.join("")}" fill="none" ${stroke(series)} stroke-linecap="round" stroke-linejoin="round"/>`;
}

function legend(name: string, i: number): string {
  const at = 100 * i;
  return `<line x1="${at}" y1="-14" x2="${at + 20}" y2="-14" ${stroke(i)}/>${text(at + 25, -10, "start", name)}`;
}

function stroke(series: number): string {
  return `stroke="${COLOURS[series]}" stroke-width="2" stroke-dasharray="${series === 0 ? "none" : DASHES[series]!.join(" ")}"`;
}

function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1.toFixed(1)}" x2="${x2}" y2="${y2.toFixed(1)}" stroke="#808080" stroke-opacity="0.2"/>`;
}

function text(x: number, y: number, anchor: "start" | "middle" | "end", words: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${words}</text>`;
}

type Scale = (value: number) => number;

function toScale([from, to]: readonly [number, number], length: number): Scale {
  return (value) => ((value - from) / (to - from)) * length;
}

/** The lowest and the highest, apart in any case. */
function findRange(values: readonly number[]): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (low < high) return [low, high];
  return values.length === 0 ? [0, 1] : [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2];
}

/** Round numbers – 1, 2 or 5 times a power of ten apart, `least` at least – around (`least` absent) or within a range. */
function toTicks(low: number, high: number, count: number, least?: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const between = Math.max(least ?? 0, power * [1, 2, 5, 10].find((m) => m * power >= rough * (1 - 1e-9))!);
  const [first, last] = least
    ? [Math.ceil(low / between), Math.floor(high / between)]
    : [Math.floor(low / between), Math.ceil(high / between)];
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * between).toPrecision(12)));
}

function write(n: number): string {
  const size = Math.abs(n);
  return size !== 0 && (size < 1e-4 || size >= 1e6) ? n.toExponential() : String(n);
}
