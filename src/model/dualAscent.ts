import { random } from "../tensor/random/random.ts";
import type { Matrix } from "./problem.ts";

/** How a row inside the margin is punished. */
export type Margin = "hinge" | "squaredHinge";

export interface Ascended {
  readonly coefficients: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Dual coordinate descent as in liblinear (Hsieh et al. 2008, algorithm 1): `w = Σ aᵢ yᵢ xᵢ`, one multiplier after the other, in random order, set
 * to its best value in [0, U]. Hinge: U = C; squared hinge: U = ∞ and 1 / 2C added to the curvature.
 */
export function ascend(
  x: Matrix,
  signs: Float64Array,
  costs: Float64Array,
  loss: Margin,
  { tolerance, maxIterations }: { readonly tolerance: number; readonly maxIterations: number },
): Ascended {
  const [w, multipliers] = [new Float64Array(x.columns), new Float64Array(x.rows)];
  const rows = Array.from({ length: x.rows }, (_, i) => x.data.subarray(i * x.columns, (i + 1) * x.columns));
  const extra = costs.map((cost) => (loss === "hinge" ? 0 : 1 / (2 * cost)));
  const limits = costs.map((cost) => (loss === "hinge" ? cost : Number.POSITIVE_INFINITY));
  const curvatures = rows.map((row, i) => row.reduce((all, n) => all + n * n, extra[i]!));
  const used = Array.from(costs, (_, i) => i).filter((i) => costs[i]! > 0 && curvatures[i]! > 0);
  // the solution is one, whatever the order
  const generator = random(0);
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    const order = generator.permutation(used.length).data;
    let most = 0;
    for (let turn = 0; turn < order.length; turn++) {
      const i = used[order[turn]!]!;
      const [row, sign, before] = [rows[i]!, signs[i]!, multipliers[i]!];
      let product = 0;
      for (let j = 0; j < row.length; j++) product += w[j]! * row[j]!;
      const slope = sign * product - 1 + extra[i]! * before;
      const isHeld = (before === 0 && slope > 0) || (before === limits[i] && slope < 0);
      if (isHeld || slope === 0) continue;
      most = Math.max(most, Math.abs(slope));
      const after = Math.min(limits[i]!, Math.max(0, before - slope / curvatures[i]!));
      multipliers[i] = after;
      const step = (after - before) * sign;
      for (let j = 0; j < row.length; j++) w[j]! += step * row[j]!;
    }
    if (most <= tolerance) return { coefficients: w, iterations: iteration, converged: true };
  }
  return { coefficients: w, iterations: maxIterations, converged: false };
}
