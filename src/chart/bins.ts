/** How many values lie from each edge to the next; the last bin holds its upper edge, too. */
export interface Bins {
  /** One more than there are bins, evenly spaced. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/**
 * Values in at most `most` bins (two more where the ends are rounded) whose width is 1, 2 or 5 times a power of ten. What is not finite is left out; equal values
 * make one bin around them.
 *
 * @example
 * toBins([0.1, 0.2, 0.9], 2) // { edges: [0, 0.5, 1], counts: [2, 1] }
 */
export function toBins(values: ArrayLike<number>, most = 30): Bins {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { edges: [], counts: [] };
  if (low === high) return oneBin(values, low);
  const width = toRound(high / most - low / most);
  const first = Math.floor(low / width);
  const bins = Math.max(1, Math.ceil(high / width) - first);
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isFinite(value)) counts[Math.min(bins - 1, Math.floor(value / width) - first)]!++;
  }
  // divided, not multiplied, where that is exact: 3 / 10 is 0.3, 3 · 0.1 is not
  const edge = (i: number) => (width < 1 ? (first + i) / Math.round(1 / width) : (first + i) * width);
  const isExact = width >= 1 || Number.isSafeInteger(Math.round(1 / width));
  return {
    edges: Array.from({ length: bins + 1 }, (_, i) => (isExact ? edge(i) : (first + i) * width)),
    counts,
  };
}

/** The next of 1, 2, 5, 10 … times a power of ten. */
function toRound(width: number): number {
  const power = Math.floor(Math.log10(width));
  const factor = [1, 2, 5, 10].find((each) => each >= (width / 10 ** power) * (1 - 1e-12))!;
  const exponent = factor === 10 ? power + 1 : power;
  const digit = factor === 10 ? 1 : factor;
  // 5e-2 is the nearest number to 0.05, which 5 · 10⁻² need not be
  return Number(`${digit}e${exponent}`);
}

function oneBin(values: ArrayLike<number>, value: number): Bins {
  const half = Math.abs(value) * 0.05 || 0.5;
  const count = Array.from(values).filter(Number.isFinite).length;
  return { edges: [value - half, value + half], counts: [count] };
}
