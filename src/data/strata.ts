import { Tensor } from "../tensor/tensor.ts";
import { Dataset } from "./dataset.ts";

/** `true` for the labels in `target`, or labels of any kind. */
export type Stratify = boolean | Tensor | ArrayLike<number | string>;

/** The class of each row, numbered as they appear; `undefined` if nothing is to be kept in proportion. */
export function findStrata(name: string, set: unknown, stratify: Stratify, rows: number): Int32Array | undefined {
  if (stratify === false) return undefined;
  const labels = stratify === true ? findTarget(name, set) : stratify instanceof Tensor ? stratify.data : stratify;
  if (labels.length !== rows)
    throw new RangeError(`${name}: ${labels.length} labels to stratify by do not match ${rows} rows.`);
  const numbers = new Map<number | string, number>();
  return Int32Array.from({ length: rows }, (_, row) => {
    const label = labels[row]!;
    const number = numbers.get(label) ?? numbers.size;
    numbers.set(label, number);
    return number;
  });
}

/** The rows of each class, in the order given. */
export function groupRows(strata: Int32Array, order: ArrayLike<number>): number[][] {
  const groups: number[][] = [];
  for (let i = 0; i < order.length; i++) (groups[strata[order[i]!]!] ??= []).push(order[i]!);
  // of many classes some may be missing in `order`
  return groups.filter(Boolean);
}

/** `total` handed out in proportion to `sizes`, whole: the largest remainders are rounded up, the first of equal ones. */
export function shareOut(sizes: readonly number[], total: number): number[] {
  const all = sizes.reduce((a, b) => a + b, 0);
  const exact = sizes.map((size) => (size * total) / all);
  const shares = exact.map(Math.floor);
  const left = total - shares.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((share, i) => [share - shares[i]!, i] as const)
    .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, i] of byRemainder.slice(0, left)) shares[i]!++;
  return shares;
}

function findTarget(name: string, set: unknown): ArrayLike<number> {
  const target = set instanceof Dataset ? set.target : (set as { target?: unknown }).target;
  if (target instanceof Tensor) return target.data;
  throw new TypeError(`${name}: stratify is true but there is no target: give the labels themselves.`);
}
