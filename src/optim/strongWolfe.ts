import { along, dot, largest, type Point, type Search } from "./vector.ts";

/** A try: how far along the direction, what is there, and the slope along the direction. */
interface Try {
  readonly length: number;
  readonly point: Point;
  readonly slope: number;
}

const enough = 1e-4;
const flat = 0.9;
const tolerance = 1e-9;
const most = 25;

/**
 * A length at which the value has fallen enough and the slope is flat enough, the strong conditions of Wolfe; the same steps as PyTorch's.
 *
 * 1. go further until the minimum lies between two tries
 * 2. close in on it by cubic interpolation
 *
 * Nocedal and Wright, Numerical Optimization (2006), algorithms 3.5 and 3.6.
 */
export function* searchStrongWolfe(
  from: Float64Array,
  first: number,
  direction: Float64Array,
  origin: Point,
  descent: number,
): Search<{ readonly point: Point; readonly length: number; readonly evaluations: number }> {
  let evaluations = 0;
  const look = function* (length: number): Search<Try> {
    evaluations++;
    const point = yield along(from, length, direction);
    return { length, point, slope: dot(point.slope, direction) };
  };
  const tooHigh = ({ length, point }: Try) => point.value > origin.value + enough * length * descent;
  const isFlat = ({ slope }: Try) => Math.abs(slope) <= -flat * descent;
  const result = ({ length, point }: Try) => ({ length, point, evaluations });

  // 1
  const zero: Try = { length: 0, point: origin, slope: descent };
  let [before, here] = [zero, yield* look(first)];
  let tries = 0;
  let bracket: [Try, Try] | undefined;
  for (; tries < most; tries++) {
    if (tooHigh(here) || (tries > 1 && here.point.value >= before.point.value) || (!isFlat(here) && here.slope >= 0)) {
      bracket = [before, here];
      break;
    }
    if (isFlat(here)) return result(here);
    const next = interpolate(before, here, here.length + 0.01 * (here.length - before.length), here.length * 10);
    [before, here] = [here, yield* look(next)];
  }
  bracket ??= [zero, here];

  // 2
  let low = bracket[0].point.value <= bracket[1].point.value ? 0 : 1;
  const reach = largest(direction);
  for (let slow = false; tries < most; tries++) {
    const [a, b] = bracket;
    if (Math.abs(b.length - a.length) * reach < tolerance) break;
    const [least, furthest] = [Math.min(a.length, b.length), Math.max(a.length, b.length)];
    let t: number = interpolate(a, b, least, furthest);
    const edge = 0.1 * (furthest - least);
    if (Math.min(furthest - t, t - least) < edge) {
      const push: boolean = slow || t >= furthest || t <= least;
      if (push) t = Math.abs(t - furthest) < Math.abs(t - least) ? furthest - edge : least + edge;
      slow = !push;
    } else slow = false;
    here = yield* look(t);
    const high = 1 - low;
    if (tooHigh(here) || here.point.value >= bracket[low]!.point.value) {
      bracket[high] = here;
      low = bracket[0].point.value <= bracket[1].point.value ? 0 : 1;
      continue;
    }
    if (isFlat(here)) return result(here);
    if (here.slope * (bracket[high]!.length - bracket[low]!.length) >= 0) bracket[high] = bracket[low]!;
    bracket[low] = here;
  }
  return result(bracket[low]!);
}

/** The minimum between two tries of the cubic that has their values and slopes. */
function interpolate(a: Try, b: Try, least: number, furthest: number): number {
  const [f1, f2] = [a.point.value, b.point.value];
  const d1 = a.slope + b.slope - (3 * (f1 - f2)) / (a.length - b.length);
  const square = d1 ** 2 - a.slope * b.slope;
  if (!(square >= 0)) return (least + furthest) / 2;
  const d2 = Math.sqrt(square);
  const [near, far] = a.length <= b.length ? [a, b] : [b, a];
  const t = far.length - (far.length - near.length) * ((far.slope + d2 - d1) / (far.slope - near.slope + 2 * d2));
  return Math.min(Math.max(t, least), furthest);
}
