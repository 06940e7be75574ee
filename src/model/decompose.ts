import { loadLibrary } from "../op/kernel/matrix.ts";
import type { Matrix } from "./problem.ts";

/** Least squares with and without a ridge, for as many ridges as wanted. */
export interface Decomposition {
  /** The `w` of least `‖y – X w‖² + α ‖w‖²`; for α = 0 the shortest of several. */
  solve(y: ArrayLike<number>, alpha: number): Float64Array;
}

/** `X = U diag(s) Vᵀ`, so `w = V diag(s / (s² + α)) Uᵀ y`: exact to rounding, also where columns depend on each other. */
export function decompose({ data, rows, columns }: Matrix): Decomposition {
  const { Matrix, SingularValueDecomposition } = loadLibrary();
  const x = Matrix.from1DArray(rows, columns, data as unknown as number[]);
  const parts = new SingularValueDecomposition(x, { autoTranspose: true });
  const [u, v, s] = [parts.leftSingularVectors, parts.rightSingularVectors, parts.diagonal];
  const least = Number.EPSILON * Math.max(rows, columns) * Math.max(...s, 0);
  return {
    solve(y, alpha) {
      const w = new Float64Array(columns);
      for (let k = 0; k < Math.min(rows, columns); k++) {
        const own = s[k]!;
        if (own <= least && alpha === 0) continue;
        let along = 0;
        for (let i = 0; i < rows; i++) along += u.get(i, k) * y[i]!;
        const scale = (own / (own * own + alpha)) * along;
        if (scale !== 0) for (let j = 0; j < columns; j++) w[j]! += v.get(j, k) * scale;
      }
      return w;
    },
  };
}
