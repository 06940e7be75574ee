/**
 * The exponential moving average as TensorBoard has it, without its pull towards 0 in the first steps:
 * `m ← w m + (1 – w) x`, drawn `m / (1 – wⁿ)`. What is not finite stays as it is and does not count.
 *
 * @example
 * smooth([1, 0], 0.5) // [1, 0.3333333333333333]
 */
export function smooth(values: ArrayLike<number>, weight: number): number[] {
  let [mean, count] = [0, 0];
  return Array.from(values, (value) => {
    if (!Number.isFinite(value)) return value;
    mean = weight * mean + (1 - weight) * value;
    count++;
    return mean / (1 - weight ** count);
  });
}

/** A weight of 1 would never move. */
export function checkSmoothing(chart: string, weight: number): void {
  if (!(weight >= 0 && weight < 1)) throw new RangeError(`${chart}: smoothing must lie in [0, 1), got ${weight}.`);
}
