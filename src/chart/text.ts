/** A number as a sentence has it: three significant digits, large and small ones with an exponent. */
export function toText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const [low, high] = [1e-4, 1e6];
  const size = Math.abs(value);
  if (value !== 0 && (size < low || size >= high)) return value.toExponential(2);
  return String(Number(value.toPrecision(3)));
}

/** A share as a sentence has it: `97.3%`; 100% and 0% are exact. */
export function toPercent(share: number): string {
  const rounded = Number((100 * share).toPrecision(3));
  if (share < 1 - 1e-9 && rounded >= 100) return "over 99.9%";
  return `${rounded}%`;
}

/** `1 class`, `2 classes`, `1,000 points`. */
export function toCount(n: number, noun: string): string {
  const many = /(?:s|x|z|tch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
  return `${n.toLocaleString("en")} ${n === 1 ? noun : many}`;
}

/** `a`, `a and b`, `a, b and c`; of more than `most` the first ones and how many are left: `a, b and 3 more`. */
export function toList(words: readonly string[], most = Number.POSITIVE_INFINITY): string {
  if (words.length > most) return `${words.slice(0, most).join(", ")} and ${words.length - most} more`;
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
