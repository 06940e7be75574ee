import { type Numbers, toVector } from "./input.ts";

/**
 * The area under a polygon by the trapezoidal rule; x rises or falls. scikit-learn's `auc`.
 *
 * @example
 * metric.auc([0, 0.5, 1], [0, 0.5, 1]) // 0.5
 * @throws RangeError `auc: x neither rises nor falls: 0.4 at 2 after 0.5.`
 */
export function auc(x: Numbers, y: Numbers): number {
  const [xs, ys] = [toVector("auc", "x", x), toVector("auc", "y", y)];
  if (xs.length !== ys.length) throw new RangeError(`auc: ${xs.length} x do not match ${ys.length} y.`);
  if (xs.length < 2) throw new RangeError(`auc: ${xs.length} points where at least 2 are needed.`);
  let [area, direction] = [0, 0];
  for (let i = 1; i < xs.length; i++) {
    const step = xs[i]! - xs[i - 1]!;
    direction ||= Math.sign(step);
    if (step * direction < 0)
      throw new RangeError(`auc: x neither rises nor falls: ${xs[i]} at ${i} after ${xs[i - 1]}.`);
    area += (step * (ys[i]! + ys[i - 1]!)) / 2;
  }
  return direction < 0 ? -area : area;
}
