/** A number of rows is a whole number from 1. */
export function checkCount(name: string, count: number): void {
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`${name}: ${count} rows where a whole number from 1 is needed.`);
}

/** A deviation, a noise, a width. */
export function checkNotNegative(name: string, what: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new RangeError(`${name}: ${what} must be finite and at least 0, got ${value}.`);
}

/** A number of classes, centres or columns. */
export function checkAtLeast(name: string, what: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(`${name}: ${what} must be a whole number from ${least}, got ${value}.`);
}
