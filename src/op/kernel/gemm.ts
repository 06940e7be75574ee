/** A matrix inside an array: element (i, j) is at `offset + i · row + j · column`. */
export interface Matrix {
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
  readonly offset: number;
  readonly row: number;
  readonly column: number;
}

// blocks of K fit the first cache level together with four rows and four columns; blocks of N bound the packed panel
const blockK = 256;
const blockN = 512;
const panelA = new Float64Array(4 * blockK);
const panelB = new Float64Array(blockK * blockN);

/** `C += A B` for A of M × K and B of K × N; C is row-major with `N` columns. Sums are kept in float64. */
export function gemm(
  M: number,
  N: number,
  K: number,
  a: Matrix,
  b: Matrix,
  c: Float32Array | Float64Array | Int32Array,
  start: number,
): void {
  if (M * N * K <= 4096) gemmSmall(M, N, K, a, b, c, start);
  else if (N === 1) gemv(M, K, a, b.data, b.offset, b.row, c, start);
  // one row of C is one column of its transpose, in the same memory
  else if (M === 1) gemv(N, K, transpose(b), a.data, a.offset, a.column, c, start);
  else gemmPacked(M, N, K, a, b, c, start);
}

/**
 * 1. a block of B is packed, four columns together
 * 2. four rows of A are packed
 * 3. a 4 × 4 tile of C is summed up in local variables
 */
function gemmPacked(
  M: number,
  N: number,
  K: number,
  a: Matrix,
  b: Matrix,
  c: Float32Array | Float64Array | Int32Array,
  start: number,
): void {
  for (let k0 = 0; k0 < K; k0 += blockK) {
    const kn = Math.min(blockK, K - k0);
    for (let j0 = 0; j0 < N; j0 += blockN) {
      const jn = Math.min(blockN, N - j0);
      packB(b, k0, kn, j0, jn);
      for (let i0 = 0; i0 < M; i0 += 4) {
        const rows = Math.min(4, M - i0);
        packA(a, i0, rows, k0, kn);
        for (let j = 0; j < jn; j += 4) tile(kn, j * kn, c, start + i0 * N + j0 + j, N, rows, Math.min(4, jn - j));
      }
    }
  }
}

function packB(b: Matrix, k0: number, kn: number, j0: number, jn: number): void {
  const { data, row, column } = b;
  const panel = panelB;
  for (let j = 0; j < jn; j += 4) {
    const n = Math.min(4, jn - j);
    let p = j * kn;
    let q = b.offset + k0 * row + (j0 + j) * column;
    if (n === 4) {
      for (let k = 0; k < kn; k++, p += 4, q += row) {
        panel[p] = data[q]!;
        panel[p + 1] = data[q + column]!;
        panel[p + 2] = data[q + 2 * column]!;
        panel[p + 3] = data[q + 3 * column]!;
      }
      continue;
    }
    for (let k = 0; k < kn; k++, p += 4, q += row)
      for (let i = 0; i < 4; i++) panel[p + i] = i < n ? data[q + i * column]! : 0;
  }
}

function packA(a: Matrix, i0: number, rows: number, k0: number, kn: number): void {
  const { data, row, column } = a;
  const panel = panelA;
  for (let i = 0; i < 4; i++) {
    let q = a.offset + (i0 + i) * row + k0 * column;
    if (i >= rows) for (let k = 0; k < kn; k++) panel[4 * k + i] = 0;
    else for (let k = 0; k < kn; k++, q += column) panel[4 * k + i] = data[q]!;
  }
}

function tile(
  kn: number,
  from: number,
  c: Float32Array | Float64Array | Int32Array,
  at: number,
  N: number,
  rows: number,
  columns: number,
): void {
  const [a, b] = [panelA, panelB];
  let c00 = 0,
    c01 = 0,
    c02 = 0,
    c03 = 0;
  let c10 = 0,
    c11 = 0,
    c12 = 0,
    c13 = 0;
  let c20 = 0,
    c21 = 0,
    c22 = 0,
    c23 = 0;
  let c30 = 0,
    c31 = 0,
    c32 = 0,
    c33 = 0;
  for (let k = 0, p = 0, q = from; k < kn; k++, p += 4, q += 4) {
    const b0 = b[q]!,
      b1 = b[q + 1]!,
      b2 = b[q + 2]!,
      b3 = b[q + 3]!;
    const a0 = a[p]!,
      a1 = a[p + 1]!,
      a2 = a[p + 2]!,
      a3 = a[p + 3]!;
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
  }
  add(c, at, columns, c00, c01, c02, c03);
  if (rows > 1) add(c, at + N, columns, c10, c11, c12, c13);
  if (rows > 2) add(c, at + 2 * N, columns, c20, c21, c22, c23);
  if (rows > 3) add(c, at + 3 * N, columns, c30, c31, c32, c33);
}

function add(
  c: Float32Array | Float64Array | Int32Array,
  at: number,
  columns: number,
  x: number,
  y: number,
  z: number,
  w: number,
): void {
  c[at]! += x;
  if (columns > 1) c[at + 1]! += y;
  if (columns > 2) c[at + 2]! += z;
  if (columns > 3) c[at + 3]! += w;
}

function transpose({ data, offset, row, column }: Matrix): Matrix {
  return { data, offset, row: column, column: row };
}

const sums = new Float64Array(512);

/** `c += A x`: along the rows of A, four at once, where they lie in memory; else down its columns. */
function gemv(
  M: number,
  K: number,
  a: Matrix,
  x: Matrix["data"],
  first: number,
  step: number,
  c: Float32Array | Float64Array | Int32Array,
  start: number,
): void {
  for (let i0 = 0; i0 < M; i0 += sums.length) {
    const rows = Math.min(sums.length, M - i0);
    sums.fill(0, 0, rows);
    if (a.column <= a.row) sumRows(rows, K, a, a.offset + i0 * a.row, x, first, step);
    else sumColumns(rows, K, a, a.offset + i0 * a.row, x, first, step);
    for (let i = 0; i < rows; i++) c[start + i0 + i]! += sums[i]!;
  }
}

function sumRows(
  M: number,
  K: number,
  { data, row, column }: Matrix,
  offset: number,
  x: Matrix["data"],
  first: number,
  step: number,
): void {
  for (let i = 0; i < M; i += 4) {
    // rows behind the last are read as the last, and not kept
    const p0 = offset + i * row;
    const p1 = offset + Math.min(i + 1, M - 1) * row;
    const p2 = offset + Math.min(i + 2, M - 1) * row;
    const p3 = offset + Math.min(i + 3, M - 1) * row;
    let s0 = 0,
      s1 = 0,
      s2 = 0,
      s3 = 0;
    for (let k = 0, p = 0, q = first; k < K; k++, p += column, q += step) {
      const y = x[q]!;
      s0 += data[p0 + p]! * y;
      s1 += data[p1 + p]! * y;
      s2 += data[p2 + p]! * y;
      s3 += data[p3 + p]! * y;
    }
    sums[i] = s0;
    if (i + 1 < M) sums[i + 1] = s1;
    if (i + 2 < M) sums[i + 2] = s2;
    if (i + 3 < M) sums[i + 3] = s3;
  }
}

function sumColumns(
  M: number,
  K: number,
  { data, row, column }: Matrix,
  offset: number,
  x: Matrix["data"],
  first: number,
  step: number,
): void {
  for (let k = 0, q = first; k < K; k++, q += step) {
    const y = x[q]!;
    for (let i = 0, p = offset + k * column; i < M; i++, p += row) sums[i]! += data[p]! * y;
  }
}

function gemmSmall(
  M: number,
  N: number,
  K: number,
  a: Matrix,
  b: Matrix,
  c: Float32Array | Float64Array | Int32Array,
  start: number,
): void {
  const [x, y] = [a.data, b.data];
  for (let i = 0; i < M; i++)
    for (let j = 0; j < N; j++) {
      let sum = 0;
      for (let k = 0, p = a.offset + i * a.row, q = b.offset + j * b.column; k < K; k++, p += a.column, q += b.row)
        sum += x[p]! * y[q]!;
      c[start + i * N + j]! += sum;
    }
}
