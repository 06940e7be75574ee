// Linear algebra under PyTorch's names (`torch.linalg`), computed by `ml-matrix` in float64.
import { eye } from "../../tensor/create.ts";
import { type DType, toFloat } from "../../tensor/dtype.ts";
import type { RankIs } from "../../tensor/shape/convolution.ts";
import type { Reduce } from "../../tensor/shape/reduce.ts";
import type { Shape } from "../../tensor/shape/shape.ts";
import { checkMatrix, checkSquare, type RightSide, type Square } from "../../tensor/shape/square.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { apply, untraced } from "../apply.ts";
import { fromMatrix, loadLibrary, toMatrix } from "../kernel/matrix.ts";

type MatrixLike = ReturnType<typeof toMatrix>;

/**
 * The `x` of `A x = b`, for one right side or several columns of them. Has a gradient.
 *
 * @example
 * linalg.solve(tensor([[2, 0], [0, 4]]), tensor([2, 2])).toArray() // [1, 0.5]
 * @throws RangeError `solve: the matrix of shape [2, 2] is singular.`
 */
export function solve<A extends Shape, B extends Shape>(
  a: Tensor<A> & Square<"solve", A>,
  b: Tensor<B> & RightSide<A, B>,
): Tensor<B> {
  return apply("solve", [a, b], {}) as Tensor<B>;
}

/** The matrix that makes the identity of another: `linalg.inverse(tensor([[2, 0], [0, 4]]))` is `[[0.5, 0], [0, 0.25]]`. Has a gradient. */
export function inverse<A extends Shape>(a: Tensor<A> & Square<"inverse", A>): Tensor<A> {
  checkSquare("inverse", a.shape);
  return apply("solve", [a, eye(a.shape[0]!, { dtype: toFloat(a.dtype) })], {}) as never;
}

/**
 * The lower triangle `L` with `A = L Lᵀ` of a symmetric, positive definite matrix. Has a gradient.
 *
 * @throws RangeError `cholesky: the matrix of shape [2, 2] is not positive definite.`
 */
export function cholesky<A extends Shape>(a: Tensor<A> & Square<"cholesky", A>): Tensor<A> {
  return apply("cholesky", [a], {}) as Tensor<A>;
}

/** The determinant, as a scalar tensor without a gradient. */
export function determinant<A extends Shape>(a: Tensor<A> & Square<"determinant", A>): Tensor<readonly []> {
  checkSquare("determinant", a.shape);
  const value = loadLibrary().determinant(plain("determinant", a));
  return new Tensor(Float64Array.of(value), [], "float64").to(toFloat(a.dtype)) as never;
}

/** `A = Q R`: columns of Q orthonormal, R upper triangular; for `[m, n]` of at least as many rows as columns, Q is `[m, n]`. No gradient. */
export function qr<A extends Shape>(
  a: Tensor<A> & RankIs<"qr", A, 2>,
): { readonly q: Tensor<Sizes<A>>; readonly r: Tensor<Sizes<A>> } {
  const { orthogonalMatrix, upperTriangularMatrix } = new (loadLibrary().QrDecomposition)(plain("qr", a));
  return { q: give(orthogonalMatrix, a.dtype) as never, r: give(upperTriangularMatrix, a.dtype) as never };
}

/** `A = U diag(s) Vᵀ`, singular values falling; `vh` is Vᵀ, as in PyTorch. No gradient. */
export function svd<A extends Shape>(
  a: Tensor<A> & RankIs<"svd", A, 2>,
): {
  readonly u: Tensor<Sizes<A>>;
  readonly s: Tensor<readonly [number]>;
  readonly vh: Tensor<Sizes<A>>;
} {
  const parts = new (loadLibrary().SingularValueDecomposition)(plain("svd", a), { autoTranspose: true });
  const k = Math.min(a.shape[0]!, a.shape[1]!);
  const first = (matrix: MatrixLike) => matrix.subMatrix(0, matrix.rows - 1, 0, k - 1);
  return {
    u: give(first(parts.leftSingularVectors), a.dtype) as never,
    s: new Tensor(Float64Array.from(parts.diagonal.slice(0, k)), [k] as const, "float64").to(toFloat(a.dtype)) as never,
    vh: give(first(parts.rightSingularVectors).transpose(), a.dtype) as never,
  };
}

/** Eigenvalues of a symmetric matrix, rising, and eigenvectors as columns; PyTorch's `eigh`. No gradient. */
export function eigh<A extends Shape>(
  a: Tensor<A> & Square<"eigh", A>,
): { readonly values: Tensor<Reduce<A, 0, false>>; readonly vectors: Tensor<A> } {
  checkSquare("eigh", a.shape);
  const parts = new (loadLibrary().EigenvalueDecomposition)(plain("eigh", a), { assumeSymmetric: true });
  const values = new Tensor(Float64Array.from(parts.realEigenvalues), [a.shape[0]!], "float64").to(toFloat(a.dtype));
  return { values: values as never, vectors: give(parts.eigenvectorMatrix, a.dtype) as never };
}

type Sizes<A extends Shape> = A extends readonly [unknown, unknown] ? readonly [number, number] : Shape;

/** The matrix of a tensor that no gradient flows through. */
function plain(name: string, a: Tensor): MatrixLike {
  checkMatrix(name, a.shape);
  if (untraced(a).trace !== undefined) throw new Error(`${name} has no gradient: give it stopGradient(x) inside grad.`);
  return toMatrix(a);
}

function give(matrix: MatrixLike, dtype: DType): Tensor {
  return new Tensor(fromMatrix(matrix, toFloat(dtype)), [matrix.rows, matrix.columns], toFloat(dtype));
}
