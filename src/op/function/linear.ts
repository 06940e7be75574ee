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
import { concat } from "./concat.ts";
import { eighNear, growth, qrNear, svdNear } from "./decomposition.ts";

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

/**
 * The matrix that makes the identity of another. Has a gradient.
 *
 * @example
 * linalg.inverse(tensor([[2, 0], [0, 4]])).toArray() // [[0.5, 0], [0, 0.25]]
 */
export function inverse<A extends Shape>(a: Tensor<A> & Square<"inverse", A>): Tensor<A> {
  checkSquare("inverse", a.shape);
  return apply("solve", [a, eye(a.shape[0]!, { dtype: toFloat(a.dtype) })], {}) as never;
}

/**
 * The lower triangle `L` with `A = L Lᵀ` of a symmetric, positive definite matrix. Has a gradient.
 *
 * @example
 * linalg.cholesky(tensor([[4, 2], [2, 5]])).toArray() // [[2, 0], [1, 2]]
 * @throws RangeError `cholesky: the matrix of shape [2, 2] is not positive definite.`
 */
export function cholesky<A extends Shape>(a: Tensor<A> & Square<"cholesky", A>): Tensor<A> {
  return apply("cholesky", [a], {}) as Tensor<A>;
}

/**
 * The determinant, as a scalar tensor. Has a gradient where it is not 0.
 *
 * @example
 * linalg.determinant(tensor([[1, 2], [3, 4]])).item() // -2
 */
export function determinant<A extends Shape>(a: Tensor<A> & Square<"determinant", A>): Tensor<readonly []> {
  checkSquare("determinant", a.shape);
  const fixed = a.stopGradient();
  const value = scalar(loadLibrary().determinant(plain("determinant", fixed)));
  const known = isTraced(a) ? growth(toDouble(a), solvable("determinant", fixed)).prod().mul(value) : value;
  return known.to(toFloat(a.dtype)) as never;
}

/**
 * The natural logarithm of the determinant, which does not overflow where the determinant does: NaN if that is negative, -Infinity if it is 0. Has a gradient
 * where it is finite. PyTorch's `logdet`.
 *
 * @example
 * linalg.logDeterminant(tensor([[2, 0], [0, 4]])).item() // 2.0794415
 */
export function logDeterminant<A extends Shape>(a: Tensor<A> & Square<"logDeterminant", A>): Tensor<readonly []> {
  checkSquare("logDeterminant", a.shape);
  const fixed = a.stopGradient();
  const value = scalar(logOf(plain("logDeterminant", fixed)));
  const known = isTraced(a) ? growth(toDouble(a), solvable("logDeterminant", fixed)).log().sum().add(value) : value;
  return known.to(toFloat(a.dtype)) as never;
}

/**
 * `A = Q R`: columns of Q orthonormal, R upper triangular. For `[m, n]` and `k = min(m, n)`, Q is `[m, k]` and R `[k, n]`. Has a gradient where the first k
 * columns are independent.
 *
 * @example
 * const { q, r } = linalg.qr(tensor([[3, 1], [4, 2]]));
 * q.matmul(r).toArray() // [[3, 1], [4, 2]]
 */
export function qr<A extends Shape>(
  a: Tensor<A> & RankIs<"qr", A, 2>,
): { readonly q: Tensor<Sizes<A>>; readonly r: Tensor<Sizes<A>> } {
  checkMatrix("qr", a.shape);
  const [m, n] = (a as Tensor).shape as readonly [number, number];
  const first: Tensor = m < n ? (a as Tensor).slice(null, [0, m]) : a;
  const { orthogonalMatrix, upperTriangularMatrix } = new (loadLibrary().QrDecomposition)(
    plain("qr", first.stopGradient()),
  );
  const { q, r } = isTraced(a)
    ? qrNear(toDouble(first), solvable("qr", give(upperTriangularMatrix, "float64")))
    : { q: give(orthogonalMatrix, "float64"), r: give(upperTriangularMatrix, "float64") };
  const whole = m < n ? concat([r, q.transpose().matmul(toDouble(a).slice(null, [m]))] as Tensor[], 1) : r;
  const dtype = toFloat(a.dtype);
  return { q: q.to(dtype) as never, r: whole.to(dtype) as never };
}

/**
 * `A = U diag(s) Vᵀ`, singular values falling; `vh` is Vᵀ, as in PyTorch. Has a gradient: that of `s` everywhere, those of `u` and `vh` where the singular
 * values are above 0 and differ.
 *
 * @example
 * linalg.svd(tensor([[3, 0], [0, -4]])).s.toArray() // [4, 3]
 */
export function svd<A extends Shape>(
  a: Tensor<A> & RankIs<"svd", A, 2>,
): {
  readonly u: Tensor<Sizes<A>>;
  readonly s: Tensor<readonly [number]>;
  readonly vh: Tensor<Sizes<A>>;
} {
  checkMatrix("svd", a.shape);
  const { leftSingularVectors, rightSingularVectors, diagonal } = new (loadLibrary().SingularValueDecomposition)(
    plain("svd", a.stopGradient()),
    { autoTranspose: true },
  );
  const k = Math.min(a.shape[0]!, a.shape[1]!);
  const first = (matrix: MatrixLike) => give(matrix.subMatrix(0, matrix.rows - 1, 0, k - 1), "float64");
  const [u, v] = [first(leftSingularVectors), first(rightSingularVectors)];
  const s = new Tensor(Float64Array.from(diagonal.slice(0, k)), [k], "float64");
  const dtype = toFloat(a.dtype);
  const found = isTraced(a) ? svdNear(toDouble(a), u, s, v) : { u, s, v };
  return { u: found.u.to(dtype) as never, s: found.s.to(dtype) as never, vh: found.v.transpose().to(dtype) as never };
}

/**
 * Eigenvalues of a symmetric matrix, rising, and eigenvectors as columns; PyTorch's `eigh`. Has a gradient: that of the values everywhere, that of the vectors
 * where the values differ.
 *
 * @example
 * linalg.eigh(tensor([[2, 1], [1, 2]])).values.toArray() // [1, 3]
 */
export function eigh<A extends Shape>(
  a: Tensor<A> & Square<"eigh", A>,
): { readonly values: Tensor<Reduce<A, 0, false>>; readonly vectors: Tensor<A> } {
  checkSquare("eigh", a.shape);
  const parts = new (loadLibrary().EigenvalueDecomposition)(plain("eigh", a.stopGradient()), { assumeSymmetric: true });
  const values = new Tensor(Float64Array.from(parts.realEigenvalues), [a.shape[0]!], "float64");
  const vectors = give(parts.eigenvectorMatrix, "float64");
  const found = isTraced(a) ? eighNear(toDouble(a), values, vectors) : { values, vectors };
  const dtype = toFloat(a.dtype);
  return { values: found.values.to(dtype) as never, vectors: found.vectors.to(dtype) as never };
}

type Sizes<A extends Shape> = A extends readonly [unknown, unknown] ? readonly [number, number] : Shape;

function isTraced(a: Tensor): boolean {
  return untraced(a).trace !== undefined;
}

function toDouble(a: Tensor): Tensor {
  return a.to("float64");
}

function scalar(value: number): Tensor {
  return new Tensor(Float64Array.of(value), [], "float64");
}

/** The matrix of a tensor whose values are known. */
function plain(name: string, a: Tensor): MatrixLike {
  checkMatrix(name, a.shape);
  return toMatrix(untraced(a));
}

function give(matrix: MatrixLike, dtype: DType): Tensor {
  return new Tensor(fromMatrix(matrix, toFloat(dtype)), [matrix.rows, matrix.columns], toFloat(dtype));
}

/** `log det`, of the factors of an LU decomposition: the diagonal, and the order of the rows. */
function logOf(matrix: MatrixLike): number {
  const factors = new (loadLibrary().LuDecomposition)(matrix);
  const diagonal = factors.upperTriangularMatrix.diagonal();
  const sum = diagonal.reduce((total, value) => total + Math.log(Math.abs(value)), 0);
  const turns = diagonal.filter((value) => value < 0).length + countInversions(factors.pivotPermutationVector);
  return sum > Number.NEGATIVE_INFINITY && turns % 2 === 1 ? Number.NaN : sum;
}

function countInversions(order: readonly number[]): number {
  return order.reduce((count, row, i) => count + order.slice(i + 1).filter((later) => later < row).length, 0);
}

/** A constant that is divided by, in double precision. */
function solvable(name: string, a: Tensor): Tensor {
  if (new (loadLibrary().LuDecomposition)(toMatrix(untraced(a))).isSingular())
    throw new RangeError(
      `${name}: the matrix of shape [${a.shape.join(", ")}] is singular, where there is no gradient.`,
    );
  return untraced(a).to("float64");
}
