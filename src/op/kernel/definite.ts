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
  const l = new Float64Array(a);
  if (!factor(l, n)) return undefined;
  const x = new Float64Array(b);
  for (let column = 0; column < k; column++) substitute(l, n, x, k, column);
  return x;
}

function isSymmetric(a: ArrayLike<number>, n: number): boolean {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) if (a[i * n + j] !== a[j * n + i]) return false;
  return true;
}

/** What is left of a diagonal element after this many digits are gone is rounding. */
const LEAST = 1e-12;

/** L in the place of the lower triangle: two columns and four rows at once, since what is read then serves twice and four times. */
function factor(l: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j += 2) {
    const isPair = j + 1 < n;
    const [row, next] = [j * n, isPair ? (j + 1) * n : j * n];
    if (!pivot(l, row, j)) return false;
    if (isPair) {
      let sum = l[next + j]!;
      for (let m = 0; m < j; m++) sum -= l[next + m]! * l[row + m]!;
      l[next + j] = sum / l[row + j]!;
      if (!pivot(l, next, j + 1)) return false;
    }
    let i = j + 2;
    for (; i + 4 <= n; i += 4) fourRows(l, n, j, i);
    for (; i < n; i++) {
      for (let column = j; column < j + 2; column++) {
        let sum = l[i * n + column]!;
        for (let m = 0; m < column; m++) sum -= l[i * n + m]! * l[column * n + m]!;
        l[i * n + column] = sum / l[column * n + column]!;
      }
    }
  }
  return true;
}

function pivot(l: Float64Array, row: number, j: number): boolean {
  const given = l[row + j]!;
  let left = given;
  for (let m = 0; m < j; m++) left -= l[row + m]! * l[row + m]!;
  l[row + j] = Math.sqrt(left);
  return left > LEAST * given;
}

/** Rows i to i + 3 of columns j and j + 1. */
function fourRows(l: Float64Array, n: number, j: number, i: number): void {
  const [row, next] = [j * n, (j + 1) * n];
  const [p, q, r, s] = [i * n, (i + 1) * n, (i + 2) * n, (i + 3) * n];
  let p0 = l[p + j]!;
  let q0 = l[q + j]!;
  let r0 = l[r + j]!;
  let s0 = l[s + j]!;
  let p1 = l[p + j + 1]!;
  let q1 = l[q + j + 1]!;
  let r1 = l[r + j + 1]!;
  let s1 = l[s + j + 1]!;
  for (let m = 0; m < j; m++) {
    const a = l[row + m]!;
    const b = l[next + m]!;
    const x = l[p + m]!;
    const y = l[q + m]!;
    const z = l[r + m]!;
    const w = l[s + m]!;
    p0 -= x * a;
    q0 -= y * a;
    r0 -= z * a;
    s0 -= w * a;
    p1 -= x * b;
    q1 -= y * b;
    r1 -= z * b;
    s1 -= w * b;
  }
  const [first, below, second] = [l[row + j]!, l[next + j]!, l[next + j + 1]!];
  l[p + j] = p0 / first;
  l[q + j] = q0 / first;
  l[r + j] = r0 / first;
  l[s + j] = s0 / first;
  l[p + j + 1] = (p1 - l[p + j]! * below) / second;
  l[q + j + 1] = (q1 - l[q + j]! * below) / second;
  l[r + j + 1] = (r1 - l[r + j]! * below) / second;
  l[s + j + 1] = (s1 - l[s + j]! * below) / second;
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
