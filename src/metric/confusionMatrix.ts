import { Tensor } from "../tensor/tensor.ts";
import { type ClassOptions, cross, encode } from "./classes.ts";
import type { Label, Labels, Paired } from "./input.ts";
import { toSafe } from "./safe.ts";

export interface ConfusionMatrixOptions extends ClassOptions {
  /** Shares instead of numbers: of each row (`"true"`), each column (`"pred"`) or all (`"all"`). */
  readonly normalize?: "true" | "pred" | "all";
}

/**
 * How often a row of class i (the matrix's row) was taken for class j (its column). scikit-learn's `confusion_matrix`.
 *
 * @example
 * metric.confusionMatrix([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]).toArray() // [[2, 0, 0], [0, 0, 1], [1, 0, 2]]
 * @throws RangeError `confusionMatrix: none of the labels 5, 6 occurs in the target.`
 */
export function confusionMatrix<T extends Labels, P extends Labels>(
  yTrue: T,
  yPred: P & Paired<"confusionMatrix", "predictions", T, P>,
  options: ConfusionMatrixOptions = {},
): ConfusionMatrix {
  const { normalize } = options;
  if (normalize !== undefined && !["true", "pred", "all"].includes(normalize))
    throw new RangeError(`confusionMatrix: normalize must be "true", "pred" or "all", got "${normalize}".`);
  const encoded = encode("confusionMatrix", yTrue, yPred, options);
  if (options.labels && encoded.truth.every((label) => label < 0))
    throw new RangeError(`confusionMatrix: none of the labels ${options.labels.join(", ")} occurs in the target.`);
  const counts = cross(encoded);
  const whole = normalize === undefined && counts.every(Number.isInteger);
  const data = whole ? Int32Array.from(counts) : toShares(counts, encoded.classes.length, normalize);
  const shape = [encoded.classes.length, encoded.classes.length] as const;
  return new ConfusionMatrix(encoded.classes, new Tensor(data, shape, whole ? "int32" : "float64"));
}

/** Classes and the matrix of what they were taken for; made by `confusionMatrix`. Shown as a coloured table. */
export class ConfusionMatrix {
  /** The classes, in the order of rows and columns. */
  readonly labels: readonly Label[];
  /** Rows are targets, columns predictions: int32 for numbers of rows, float64 for shares and weights. */
  readonly values: Tensor<readonly [number, number]>;

  constructor(labels: readonly Label[], values: Tensor<readonly [number, number]>) {
    this.labels = labels;
    this.values = values;
  }

  /** Rows of numbers. */
  toArray(): number[][] {
    return this.values.toArray();
  }

  toJSON(): unknown {
    return { labels: this.labels, values: this.toArray() };
  }

  /** A table with the classes beside it: rows are targets. */
  toString(): string {
    const rows = this.toArray().map((row) => row.map((n) => write(n)));
    const names = this.labels.map(String);
    const corner = "true \\ predicted";
    const side = Math.max(corner.length, ...names.map((name) => name.length));
    const width = Math.max(...names.map((name) => name.length), ...rows.flat().map((text) => text.length));
    const line = (name: string, cells: readonly string[]) =>
      [name.padStart(side), ...cells.map((cell) => cell.padStart(width))].join("  ");
    return [line(corner, names), ...rows.map((row, i) => line(names[i]!, row))].join("\n");
  }

  /** For the notebook: text, and a table coloured by the share of the row. */
  [Symbol.for("Jupyter.display")](): Record<string, unknown> {
    return { "text/plain": this.toString(), "text/html": toHtml(this) };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** Each number over the sum of its row, its column or all; 0 where that is 0. */
function toShares(counts: Float64Array, k: number, normalize: "true" | "pred" | "all" | undefined): Float64Array {
  if (normalize === undefined) return counts;
  const total = new Float64Array(k);
  const group = (i: number) => (normalize === "all" ? 0 : normalize === "true" ? Math.floor(i / k) : i % k);
  counts.forEach((n, i) => {
    total[group(i)]! += n;
  });
  return counts.map((n, i) => (total[group(i)] === 0 ? 0 : n / total[group(i)]!));
}

function toHtml({ labels, values }: ConfusionMatrix): string {
  const names = labels.map((label) => toSafe(String(label)));
  const rows = values.toArray().map((row, i) => {
    const total = row.reduce((a, b) => a + b, 0);
    const cells = row.map((n, j) => {
      const alpha = total > 0 ? (0.75 * n) / total : 0;
      const colour = i === j ? `rgba(49,130,189,${alpha.toFixed(2)})` : `rgba(222,45,38,${alpha.toFixed(2)})`;
      return `<td style="background:${colour};text-align:right;padding:2px 8px">${write(n)}</td>`;
    });
    return `<tr><th>${names[i]}</th>${cells.join("")}</tr>`;
  });
  const head = names.map((name) => `<th>${name}</th>`).join("");
  return `<table><thead><tr><th>true \\ predicted</th>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function write(n: number): string {
  return Number.isInteger(n) ? String(n) : n.toFixed(2);
}
