import type { Shape } from "../tensor/shape/shape.ts";
import { writeShape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

const shownRows = 8;
const shownColumns = 12;

/** What is known of a data set beside its numbers. */
export interface About {
  /** A short name: `iris`. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  /** The names of the columns of `features`. */
  readonly featureNames: readonly string[];
  /** What `target` holds; the names of the classes by label where it holds labels. */
  readonly targetName: string;
  readonly classNames?: readonly string[] | undefined;
  /** Under which licence the numbers are: `CC BY 4.0`. */
  readonly license?: string | undefined;
  /** Where they come from. */
  readonly source?: string | undefined;
}

/**
 * Features `[rows, columns]`, a target `[rows]` and what is known of them. A target with `classNames` holds labels (int32), another one numbers.
 *
 * @example
 * const { features, target } = data.iris();
 * features.shape // [150, 4]
 */
export class Dataset<out F extends Shape = Shape, out T extends Shape = Shape> implements About {
  readonly features: Tensor<F>;
  readonly target: Tensor<T>;
  readonly name: string;
  readonly description: string;
  readonly featureNames: readonly string[];
  readonly targetName: string;
  readonly classNames: readonly string[] | undefined;
  readonly license: string | undefined;
  readonly source: string | undefined;

  constructor(features: Tensor<F>, target: Tensor<T>, about: About) {
    this.features = features;
    this.target = target;
    this.name = about.name;
    this.description = about.description;
    this.featureNames = about.featureNames;
    this.targetName = about.targetName;
    this.classNames = about.classNames;
    this.license = about.license;
    this.source = about.source;
  }

  /** How many rows there are. */
  get length(): number {
    return this.features.shape[0] ?? 0;
  }

  /** The same set with other numbers: features made larger or standardized, other rows. */
  with<const G extends Shape, const U extends Shape = T>(features: Tensor<G>, target?: Tensor<U>): Dataset<G, U> {
    return new Dataset(features, target ?? (this.target as unknown as Tensor<U>), this);
  }

  /** `iris: features [150, 4], target [150] of 3 classes (setosa, versicolor, virginica)`. */
  toString(): string {
    const classes = this.classNames ? ` of ${this.classNames.length} classes (${this.classNames.join(", ")})` : "";
    return `${this.name}: features ${writeShape(this.features.shape)}, target ${writeShape(this.target.shape)}${classes}`;
  }

  /** For the notebook: the sentence, and a table of the first rows. */
  [Symbol.for("Jupyter.display")](): Record<string, unknown> {
    return { "text/plain": this.toString(), "text/html": toHtml(this) };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

function toHtml(set: Dataset): string {
  const width = set.features.size / Math.max(1, set.length);
  const columns = Math.min(width, shownColumns);
  const names = Array.from({ length: columns }, (_, i) => set.featureNames[i] ?? String(i));
  const cut = columns < width;
  const head = [...names, ...(cut ? ["…"] : []), set.targetName].map((name) => `<th>${toSafe(name)}</th>`).join("");
  const rows = Array.from({ length: Math.min(set.length, shownRows) }, (_, row) => {
    const numbers = names.map((_, i) => write(set.features.data[row * width + i]!));
    const label = set.target.data[row];
    const target = label === undefined ? "" : (set.classNames?.[label] ?? write(label));
    const cells = [...numbers, ...(cut ? ["…"] : []), target].map((text) => `<td>${toSafe(text)}</td>`).join("");
    return `<tr><th>${row}</th>${cells}</tr>`;
  });
  const rest = set.length > shownRows ? `<p>… ${set.length - shownRows} more rows</p>` : "";
  const origin = [set.source, set.license].filter(Boolean).join(", ");
  const note = `<p>${toSafe(set.description)}${origin ? ` <small>${toSafe(origin)}</small>` : ""}</p>`;
  return `<figure style="margin:0"><figcaption><code>${toSafe(set.toString())}</code></figcaption><table><thead><tr><th></th>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>${rest}${note}</figure>`;
}

function write(n: number): string {
  return String(Number(n.toPrecision(6)));
}

function toSafe(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
