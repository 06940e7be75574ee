/**
 * `A x = b` for a matrix `[n, n]` that is exactly symmetric and positive definite, and right sides `[n, k]`: A = L Lᵀ takes half of the work of an elimination, and
 * needs no pivots. Nothing where the matrix is not of that kind, or is close to singular: the elimination may then say so.
 */
export function solveDefinite(
  a: ArrayLike<number>,
  n: number,
  b: ArrayLike<number>,
  k: number,
): Float64Array | undefined {
  if (!isSymmetric(a, n)) return undefined;
  const l = Float64Array.from(a);
  if (!factor(l, n)) return undefined;
  const x = Float64Array.from(b);
  for (let column = 0; column < k; column++) substitute(l, n, x, k, column);
  return x;
}

function isSymmetric(a: ArrayLike<number>, n: number): boolean {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) if (a[i * n + j] !== a[j * n + i]) return false;
  return true;
}

/** What is left of a diagonal element after this many digits are gone is rounding. */
const LEAST = 1e-12;

/** L in the place of the lower triangle; four rows at once, since the additions of one row wait for each other. */
function factor(l: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    const row = j * n;
    const given = l[row + j]!;
    let left = given;
    for (let m = 0; m < j; m++) left -= l[row + m]! * l[row + m]!;
    if (!(left > LEAST * given)) return false;
    const pivot = Math.sqrt(left);
    l[row + j] = pivot;
    let i = j + 1;
    for (; i + 4 <= n; i += 4) {
      const [p, q, r, s] = [i * n, (i + 1) * n, (i + 2) * n, (i + 3) * n];
      let [sumP, sumQ, sumR, sumS] = [l[p + j]!, l[q + j]!, l[r + j]!, l[s + j]!];
      for (let m = 0; m < j; m++) {
        const each = l[row + m]!;
        sumP -= l[p + m]! * each;
        sumQ -= l[q + m]! * each;
        sumR -= l[r + m]! * each;
        sumS -= l[s + m]! * each;
      }
      l[p + j] = sumP / pivot;
      l[q + j] = sumQ / pivot;
      l[r + j] = sumR / pivot;
      l[s + j] = sumS / pivot;
    }
    for (; i < n; i++) {
      let sum = l[i * n + j]!;
      for (let m = 0; m < j; m++) sum -= l[i * n + m]! * l[row + m]!;
      l[i * n + j] = sum / pivot;
    }
  }
  return true;
}

/** One right side: down with L, up with Lᵀ. */
function substitute(l: Float64Array, n: number, x: Float64Array, k: number, column: number): void {
  for (let i = 0; i < n; i++) {
    let sum = x[i * k + column]!;
    for (let m = 0; m < i; m++) sum -= l[i * n + m]! * x[m * k + column]!;
    x[i * k + column] = sum / l[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    const value = x[i * k + column]! / l[i * n + i]!;
    x[i * k + column] = value;
    for (let m = 0; m < i; m++) x[m * k + column]! -= l[i * n + m]! * value;
  }
}
