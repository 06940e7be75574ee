import { random } from "../tensor/random/random.ts";
import type { Matrix } from "./problem.ts";

/** How a row inside the margin is punished. */
export type Margin = "hinge" | "squaredHinge";

/** Multipliers that are being found. */
export interface Ascent {
  /** `Σ aᵢ yᵢ xᵢ` so far. */
  readonly coefficients: Float64Array;
  /** Goes on until no multiplier wants to move by more than `tolerance`; says after how many rounds, or that they were too few. */
  run(tolerance: number, maxIterations: number): { readonly iterations: number; readonly converged: boolean };
}

/**
 * Dual coordinate descent as in liblinear (Hsieh et al. 2008, algorithm 1): `w = Σ aᵢ yᵢ xᵢ`, one multiplier after the other, in random order, set
 * to its best value in [0, U]. Hinge: U = C; squared hinge: U = ∞ and 1 / 2C added to the curvature.
 */
export function ascend(x: Matrix, signs: Float64Array, costs: Float64Array, loss: Margin): Ascent {
  const [w, multipliers] = [new Float64Array(x.columns), new Float64Array(x.rows)];
  const rows = Array.from({ length: x.rows }, (_, i) => x.data.subarray(i * x.columns, (i + 1) * x.columns));
  const extra = costs.map((cost) => (loss === "hinge" ? 0 : 1 / (2 * cost)));
  const limits = costs.map((cost) => (loss === "hinge" ? cost : Number.POSITIVE_INFINITY));
  const curvatures = rows.map((row, i) => row.reduce((all, n) => all + n * n, extra[i]!));
  const used = Array.from(costs, (_, i) => i).filter((i) => costs[i]! > 0 && curvatures[i]! > 0);
  // there is one solution, whatever the order
  const generator = random(0);

  /** Sets one multiplier; returns how far it wanted to move. */
  const turn = (i: number): number => {
    const [row, sign, before] = [rows[i]!, signs[i]!, multipliers[i]!];
    let product = 0;
    for (let j = 0; j < row.length; j++) product += w[j]! * row[j]!;
    const slope = sign * product - 1 + extra[i]! * before;
    if (slope === 0 || (before === 0 && slope > 0) || (before === limits[i] && slope < 0)) return 0;
    const after = Math.min(limits[i]!, Math.max(0, before - slope / curvatures[i]!));
    multipliers[i] = after;
    const step = (after - before) * sign;
    for (let j = 0; j < row.length; j++) w[j]! += step * row[j]!;
    return Math.abs(slope);
  };

  return {
    coefficients: w,
    run(tolerance, maxIterations) {
      for (let iteration = 1; iteration <= maxIterations; iteration++) {
        let most = 0;
        for (const place of generator.permutation(used.length).data) most = Math.max(most, turn(used[place]!));
        if (most <= tolerance) return { iterations: iteration, converged: true };
      }
      return { iterations: maxIterations, converged: false };
    },
  };
}
