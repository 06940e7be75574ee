import { fromArray } from "../../tensor/create.ts";
import { type DType, promote, type TypedArray, toArray, toFloat } from "../../tensor/dtype.ts";
import { checkRightSide, checkSquare } from "../../tensor/shape/square.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { solveDefinite } from "../kernel/definite.ts";
import { fromMatrix, loadLibrary, toMatrix } from "../kernel/matrix.ts";
import { choleskyColumns, solveElimination } from "../lowering/linear.ts";
import type { Family } from "../signature.ts";

/** Linear algebra that is differentiated; the numbers come from `ml-matrix`. */
export const linear: Family<"solve" | "cholesky"> = {
  solve: {
    shape: ([a, b]) => {
      checkSquare("solve", a.shape);
      checkRightSide(a.shape, b.shape);
      return { shape: b.shape, dtype: toFloat(promote(a.dtype, b.dtype)) };
    },
    evaluate: ([a, b], _, output) => {
      const solved = solveDefinite(a.data, a.shape[0]!, b.data, b.shape[1] ?? 1);
      if (solved !== undefined) return toDType(solved, output.dtype);
      const { LuDecomposition } = loadLibrary();
      const factors = new LuDecomposition(toMatrix(a));
      if (factors.isSingular()) throw new RangeError(`solve: the matrix of shape [${a.shape.join(", ")}] is singular.`);
      return fromMatrix(factors.solve(toMatrix(b)), output.dtype);
    },
    // x = A⁻¹ b: db = A⁻ᵀ g, dA = –db xᵀ
    vjp: [
      (g, [a], x, _, apply) => {
        const back = columns(apply("solve", [a.transpose(), g], {}));
        return back.matmul(columns(x).transpose()).neg().to(a.dtype);
      },
      (g, [a, b], _, __, apply) => apply("solve", [a.transpose(), g], {}).to(b.dtype),
    ],
    onnx: [solveElimination],
  },
  cholesky: {
    shape: ([a]) => {
      checkSquare("cholesky", a.shape);
      return { shape: a.shape, dtype: toFloat(a.dtype) };
    },
    evaluate: ([a], _, output) => {
      const { CholeskyDecomposition } = loadLibrary();
      const factors = a.data.some(Number.isNaN) ? undefined : new CholeskyDecomposition(symmetric(toMatrix(a)));
      if (!factors?.isPositiveDefinite())
        throw new RangeError(`cholesky: the matrix of shape [${a.shape.join(", ")}] is not positive definite.`);
      return fromMatrix(factors.lowerTriangularMatrix, output.dtype);
    },
    // dA = ½ (S + Sᵀ) with S = L⁻ᵀ Φ(Lᵀ g) L⁻¹, Φ the lower triangle with half the diagonal (Murray 2016)
    vjp: [
      (g, _, l, __, apply) => {
        const inner = l.transpose().matmul(g).mul(lowerHalf(l));
        const left = apply("solve", [l.transpose(), inner], {});
        const s = apply("solve", [l.transpose(), left.transpose()], {});
        return s.add(s.transpose()).mul(0.5);
      },
    ],
    onnx: [choleskyColumns],
  },
};

function toDType(values: Float64Array, dtype: DType): TypedArray {
  const out = toArray(dtype, values.length);
  out.set(values);
  return out;
}

function columns(x: Tensor): Tensor {
  return x.rank === 1 ? x.unsqueeze(1) : x;
}

/** The mean with the transpose: of a matrix that is symmetric but for rounding, the library sees a symmetric one. */
function symmetric(matrix: ReturnType<typeof toMatrix>) {
  return matrix.clone().add(matrix.transpose()).mul(0.5);
}

/** Ones below the diagonal, halves on it. */
function lowerHalf(like: Tensor): Tensor {
  const n = like.shape[0]!;
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) data[i * n + j] = i === j ? 0.5 : 1;
  return fromArray(data, [n, n]).to(like.dtype);
}
