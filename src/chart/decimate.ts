/** A line of more points than this has several on each pixel. */
export const MOST_POINTS = 2000;

/**
 * The places of at most `limit` of `y.length` points that draw the same line: the first, the last, and the lowest and the highest of each stretch, so that
 * no peak is lost. NaN is passed over unless a stretch has nothing else.
 *
 * @example
 * decimate([0, 9, 1, 2, 3, 4], 4) // [0, 1, 2, 5]
 */
export function decimate(y: ArrayLike<number>, limit = MOST_POINTS): number[] {
  const n = y.length;
  if (n <= limit) return Array.from({ length: n }, (_, i) => i);
  const stretches = Math.max(1, Math.floor((limit - 2) / 2));
  const kept = [0];
  for (let s = 0; s < stretches; s++) {
    const from = 1 + Math.floor((s * (n - 2)) / stretches);
    const to = 1 + Math.floor(((s + 1) * (n - 2)) / stretches);
    let [low, high] = [from, from];
    for (let i = from; i < to; i++) {
      if (y[i]! < y[low]! || Number.isNaN(y[low]!)) low = i;
      if (y[i]! > y[high]! || Number.isNaN(y[high]!)) high = i;
    }
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }
  kept.push(n - 1);
  return kept;
}

/**
 * The places to draw of several lines, one list for each. Lines of one length keep the same places, so that a rule over the chart meets all of them; more than four
 * go their own ways, as they would have few peaks left otherwise.
 */
export function decimateAll(lines: readonly ArrayLike<number>[], limit = 2 * MOST_POINTS): number[][] {
  const share = Math.max(4, Math.floor(limit / Math.max(1, lines.length)));
  if (lines.length > 4 || lines.every((line) => line.length <= share))
    return lines.map((line) => decimate(line, share));
  return lines.map((line) => {
    const beside = lines.filter(({ length }) => length === line.length);
    const each = Math.max(4, Math.floor(share / beside.length));
    return [...new Set(beside.flatMap((other) => decimate(other, each)))].sort((a, b) => a - b);
  });
}

/** Every `k`-th place, so that at most `limit` remain: for points in no order, where a peak is only one among others. */
export function thin(count: number, limit = MOST_POINTS): number[] {
  const step = Math.max(1, Math.ceil(count / limit));
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
}
