/** How many bins, or a rule that finds their width from the values. */
export type BinRule = "auto" | "fd" | "scott" | "rice" | "sturges" | "sqrt";

interface Sample {
  /** Sorted, finite. */
  readonly values: Float64Array;
  readonly range: number;
}

/** The width of a bin by NumPy's rules; 0 where a rule finds no spread. */
const WIDTHS: Readonly<Record<BinRule, (sample: Sample) => number>> = {
  sqrt: ({ values, range }) => range / Math.sqrt(values.length),
  sturges: ({ values, range }) => range / (Math.log2(values.length) + 1),
  rice: ({ values, range }) => range / (2 * Math.cbrt(values.length)),
  scott: ({ values }) => Math.cbrt((24 * Math.sqrt(Math.PI)) / values.length) * findDeviation(values),
  // Freedman and Diaconis 1981
  fd: ({ values }) => (2 * (findQuantile(values, 0.75) - findQuantile(values, 0.25))) / Math.cbrt(values.length),
  // Freedman and Diaconis where values are many, Sturges where they are few; no more than 2 √n bins
  auto: (sample) => Math.min(Math.max(WIDTHS.fd(sample), WIDTHS.sqrt(sample) / 2), WIDTHS.sturges(sample)),
};

/** A bar is a pixel wide at least. */
export const MOST_BINS = 500;

export function isBinRule(bins: unknown): bins is BinRule {
  return typeof bins === "string" && Object.hasOwn(WIDTHS, bins);
}

/**
 * The edges of NumPy's `histogram_bin_edges`: bins of equal width over the range of sorted, finite values; half below and half above where all are equal, and for whole numbers
 * none narrower than 1. No more than 500 bins.
 *
 * @example
 * toBinEdges(Float64Array.of(0, 1, 2, 3), 2) // [0, 1.5, 3]
 */
export function toBinEdges(values: Float64Array, bins: number | BinRule): number[] {
  let [first, last] = [values[0]!, values.at(-1)!];
  const count = typeof bins === "number" ? bins : countBins({ values, range: last - first }, bins);
  if (first === last) [first, last] = [first - 0.5, last + 0.5];
  return spaceEdges(first, last, count);
}

/** The edges of bins of equal width. */
export function spaceEdges(first: number, last: number, count: number): number[] {
  // each end by itself: their distance may be more than there are numbers
  const step = last / count - first / count;
  return Array.from({ length: count + 1 }, (_, i) => (i === 0 ? first : i === count ? last : first + i * step));
}

function countBins(sample: Sample, rule: BinRule): number {
  const width = WIDTHS[rule](sample);
  if (!(width > 0)) return 1;
  const whole = sample.values.every(Number.isInteger) ? Math.max(1, width) : width;
  // numbers may be farther apart than a number can say
  return Math.min(MOST_BINS, Math.ceil(sample.range / whole)) || 1;
}

/** How many of the finite values lie in each bin; the last one holds its upper edge, too. */
export function countValues(values: ArrayLike<number>, edges: readonly number[]): number[] {
  const bins = edges.length - 1;
  const counts = new Array<number>(bins).fill(0);
  const width = edges[bins]! / bins - edges[0]! / bins;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    let bin = Math.min(bins - 1, Math.max(0, Math.floor(value / width - edges[0]! / width)));
    // rounding may have put it beside its bin
    if (value < edges[bin]!) bin--;
    else if (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return counts;
}

/** NumPy's linear quantile of sorted values. */
export function findQuantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const [below, above] = [sorted[low]!, sorted[low + 1] ?? sorted[low]!];
  const distance = above - below;
  // numbers may be farther apart than a number can say
  return Number.isFinite(distance) ? below + (at - low) * distance : below * (1 - at + low) + above * (at - low);
}

/** With n below the root, as NumPy's `std`. */
function findDeviation(values: Float64Array): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
