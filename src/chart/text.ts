/** A number as a sentence has it: three significant digits, large and small ones with an exponent. */
export function toText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const [low, high] = [1e-4, 1e6];
  const size = Math.abs(value);
  if (value !== 0 && (size < low || size >= high)) return value.toExponential(2);
  return String(Number(value.toPrecision(3)));
}
