import { countRows } from "../data/rows.ts";
import { concat } from "../op/function/concat.ts";
import { Tensor } from "../tensor/tensor.ts";
import { leavesOf, type Tree, withLeaves } from "../tensor/tree.ts";
import type { FitOptions } from "./options.ts";

/** The mean over rows of the losses of batches: a batch that is not full counts less. */
export class Mean {
  #sum = 0;
  #rows = 0;

  add(loss: number, rows: number): void {
    this.#sum += loss * rows;
    this.#rows += rows;
  }

  /** NaN of nothing. */
  get value(): number {
    return this.#sum / this.#rows;
  }
}

/** Keeps targets and predictions of all batches, for metrics that are no mean over batches, as F1 or AUC. */
export class Gathered {
  readonly #targets: Tree[] = [];
  readonly #predictions: Tree[] = [];

  add(target: Tree, prediction: Tree): void {
    this.#targets.push(target);
    this.#predictions.push(prediction);
  }

  measure(metrics: NonNullable<FitOptions["metrics"]>): { [name: string]: number } {
    if (this.#targets.length === 0) return {};
    const [target, prediction] = [join(this.#targets), join(this.#predictions)];
    return Object.fromEntries(
      Object.entries(metrics).map(([name, metric]) => [name, toNumber(name, metric(target, prediction))]),
    );
  }
}

/** Rows of a batch, which weigh its loss. */
export function rowsOf(y: Tree): number {
  return y instanceof Tensor ? (y.shape[0] ?? 1) : countRows("fit", y);
}

function toNumber(name: string, value: unknown): number {
  const number = value instanceof Tensor && value.size === 1 ? value.item() : value;
  if (typeof number !== "number")
    throw new TypeError(`fit: the metric ${name} returned ${String(value)} where one number is needed.`);
  return number;
}

/** Batches in one: every tensor of the tree along its rows. */
function join(trees: readonly Tree[]): Tree {
  const [first] = trees;
  if (trees.length === 1) return first!;
  const columns = trees.map(leavesOf);
  return withLeaves(
    first!,
    columns[0]!.map((_, i) => concat(columns.map((leaves) => leaves[i]!)) as Tensor),
  );
}
