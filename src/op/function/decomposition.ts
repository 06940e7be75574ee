// Gradients of decompositions, in terms of ops. The numbers come from the library and are constants; from there one exact step is taken that any order of
// derivatives goes through: near a known decomposition, what is left to decompose is close to the identity or to a diagonal.
import { eye } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../apply.ts";
import { where } from "./where.ts";

/**
 * `Q` and `R` of a matrix with at least as many rows as columns, from the constant `R₀`: `A R₀⁻¹` has columns that are orthonormal, and the Cholesky factor
 * of its Gram matrix is the identity, so nothing is lost by it. `R = Lᵀ R₀` and `Q = A R₀⁻¹ L⁻ᵀ`.
 */
export function qrNear(a: Tensor, r0: Tensor): { readonly q: Tensor; readonly r: Tensor } {
  const b = divideRight(a, r0);
  const l = gramFactor(b);
  return { q: divideRight(b, l.transpose()), r: l.transpose().matmul(r0) };
}

/** How much larger the determinant of `A` is than that of the constant `A₀` beside it: `det(A A₀⁻¹)`, one number for each row of a triangle. */
export function growth(a: Tensor, a0: Tensor): Tensor {
  return diagonal(gramFactor(divideRight(a, a0)));
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix from constant ones. A step is Newton's, so after `n` of them derivatives up to order `2ⁿ – 1` are exact.
 * Directions inside the space of eigenvalues that are equal have no derivative; they count as fixed.
 *
 * @see Ogita and Aishima, Iterative refinement for symmetric eigenvalue decomposition (2018)
 */
export function eighNear(a: Tensor, values0: Tensor, vectors0: Tensor): { values: Tensor; vectors: Tensor } {
  const scale = Math.max(...values0.data.map(Math.abs));
  const gaps = values0.unsqueeze(0).sub(values0.unsqueeze(1)) as Tensor;
  const close = gaps.abs().lessEqual(1e-13 * scale) as Tensor;
  let [values, vectors] = [values0, vectors0];
  for (let step = 0; step < 2; step++) {
    const left: Tensor = vectors.transpose();
    const rest: Tensor = (eye(vectors0.shape[0]!, { dtype: "float64" }) as Tensor).sub(left.matmul(vectors));
    const s: Tensor = left.matmul(a).matmul(vectors);
    values = diagonal(s).div(diagonal(rest).neg().add(1));
    const gap: Tensor = values.unsqueeze(0).sub(values.unsqueeze(1));
    const turn = where(close, rest.mul(0.5), s.add(rest.mul(values.unsqueeze(0))).div(where(close, 1, gap)));
    vectors = vectors.add(vectors.matmul(turn));
  }
  return { values, vectors };
}

/**
 * The singular value decomposition from a constant one: `V` are the eigenvectors of `Aᵀ A`, or `U` those of `A Aᵀ` if that is the smaller one, and the other
 * side and the singular values follow from `A V = U diag(s)`.
 */
export function svdNear(a: Tensor, u0: Tensor, s0: Tensor, v0: Tensor): { u: Tensor; s: Tensor; v: Tensor } {
  if (a.shape[0]! < a.shape[1]!) {
    const { u, s, v } = svdNear(a.transpose(), v0, s0, u0);
    return { u: v, s, v: u };
  }
  const { vectors: v } = eighNear(a.transpose().matmul(a), s0.square(), v0);
  const turned = a.matmul(v);
  const s = turned.norm(0);
  return { u: turned.div(s), s, v };
}

/** `A B⁻¹`. */
function divideRight(a: Tensor, b: Tensor): Tensor {
  return apply("solve", [b.transpose(), a.transpose()], {}).transpose();
}

/** The lower triangle `L` with `L Lᵀ = Aᵀ A`. */
function gramFactor(a: Tensor): Tensor {
  return apply("cholesky", [a.transpose().matmul(a)], {});
}

function diagonal(a: Tensor): Tensor {
  return a.mul(eye(a.shape[0]!, { dtype: a.dtype }) as Tensor).sum(-1);
}
