import type { Matrix } from "./problem.ts";

/** A problem without an intercept: weighted means taken off, rows times the root of their weight. */
export interface Centred {
  readonly x: Matrix;
  readonly y: Matrix;
  /** The intercepts that belong to coefficients `[M, F]`: ȳ – x̄ · w. */
  interceptsOf(coefficients: Float64Array): Float64Array;
}

/** The penalty does not touch the intercept, so it can be found afterwards. */
export function centre(x: Matrix, y: Matrix, weights: Float64Array, fitIntercept: boolean): Centred {
  const [meanX, meanY] = [x, y].map((m) => (fitIntercept ? findMeans(m, weights) : new Float64Array(m.columns)));
  return {
    x: shift(x, meanX!, weights),
    y: shift(y, meanY!, weights),
    interceptsOf: (coefficients) =>
      meanY!.map((mean, m) => {
        let intercept = mean;
        for (let i = 0; i < x.columns; i++) intercept -= meanX![i]! * coefficients[m * x.columns + i]!;
        return intercept;
      }),
  };
}

function findMeans({ data, columns }: Matrix, weights: Float64Array): Float64Array {
  const total = weights.reduce((a, b) => a + b, 0);
  const means = new Float64Array(columns);
  data.forEach((n, at) => {
    means[at % columns]! += (n * weights[Math.floor(at / columns)]!) / total;
  });
  return means;
}

function shift({ data, rows, columns }: Matrix, means: Float64Array, weights: Float64Array): Matrix {
  const shifted = data.map((n, at) => (n - means[at % columns]!) * Math.sqrt(weights[Math.floor(at / columns)]!));
  return { data: shifted, rows, columns };
}
