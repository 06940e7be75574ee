import { ConfusionMatrix, confusionMatrix as countConfusion } from "../../metric/confusionMatrix.ts";
import type { Label, Labels, Weighted } from "../../metric/input.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toClassNames } from "../classNames.ts";
import { toCount, toPercent, toText } from "../text.ts";

export interface ConfusionMatrixOptions extends ChartOptions, Weighted {
  /** What a share is of: of the row (`"true"`, unless given: recall stands on the diagonal), of the column (`"pred"`: precision), or of all. */
  normalize?: "true" | "pred" | "all";
  /** What stands in the cells at first; the reader can change it. Default `"count"`, with `normalize` `"share"`. */
  values?: "count" | "share";
  /** The classes to look at, in this order: all that occur, sorted, unless given. */
  labels?: readonly Label[];
  /** What the classes are called: those of a data set. */
  classNames?: readonly string[] | undefined;
}

export interface ConfusionMatrixNumbers {
  readonly classes: readonly string[];
  /** Rows are truths, columns predictions. */
  readonly counts: readonly (readonly number[])[];
  /** The same over the sum of the row (column, all). */
  readonly shares: readonly (readonly number[])[];
  /** The sum of the diagonal over the sum of all; NaN for an empty matrix. */
  readonly accuracy: number;
}

/** Cells with a number in them; in more the numbers would not be read. */
const MOST_ANNOTATED = 20;
/** Rows and columns of cells; more classes are drawn in blocks. */
const MOST_CELLS = 50;

/**
 * What each class is taken for: rows are truths, columns predictions. The colour is the share, so that rare classes are seen as well; what stands in
 * the cells, counts or shares, is chosen below the chart. Takes labels and predictions, or what `metric.confusionMatrix` counted of them. More than 50 classes are drawn in blocks of neighbours. scikit-learn's `ConfusionMatrixDisplay`.
 *
 * Options: `normalize` ("true"), `values` ("count"), `labels`, `classNames`, `sampleWeight`, `title`, `width`, `height`.
 *
 * @example
 * chart.confusionMatrix([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2], { classNames: ["ant", "bird", "cat"] })
 * // "6 predictions for 3 classes: 66.7% are right; bird is taken for cat most often, 1 time."
 * @example
 * chart.confusionMatrix(metric.confusionMatrix([0, 1, 1], [0, 1, 0]))
 * // "3 predictions for 2 classes: 66.7% are right; 1 is taken for 0 most often, 1 time."
 * @throws RangeError `confusionMatrix: normalize must be "true", "pred" or "all", got "rows".`
 */
export function confusionMatrix<T extends Labels | ConfusionMatrix>(
  yTrue: T,
  ...rest: T extends ConfusionMatrix
    ? [options?: Omit<ConfusionMatrixOptions, "labels" | "sampleWeight">]
    : [yPred: Labels, options?: ConfusionMatrixOptions]
): Chart<ConfusionMatrixNumbers> {
  const [second, third] = rest as readonly (Labels | ConfusionMatrixOptions | undefined)[];
  const matrix = yTrue instanceof ConfusionMatrix ? yTrue : undefined;
  const given = ((matrix ? second : third) ?? {}) as ConfusionMatrixOptions;
  const { normalize, values = normalize ? "share" : "count", labels, classNames, sampleWeight, ...options } = given;
  if (normalize !== undefined && !(normalize in SHARE_NAMES))
    throw new RangeError(`confusionMatrix: normalize must be "true", "pred" or "all", got "${normalize}".`);
  if (values !== "count" && values !== "share")
    throw new RangeError(`confusionMatrix: values must be "count" or "share", got "${values}".`);
  const counted =
    matrix ?? countConfusion(yTrue as Labels, second as Labels, { ...(labels && { labels }), sampleWeight });
  const numbers = toNumbers(counted, normalize ?? "true", classNames);
  const blocks = toBlocks(numbers, normalize ?? "true");
  return new Chart(
    draw(blocks, { normalize: normalize ?? "true", values, options }),
    describe(numbers, blocks),
    numbers,
  );
}

const SHARE_NAMES = { true: "share of row", pred: "share of column", all: "share of all" } as const;
type Normalize = keyof typeof SHARE_NAMES;

function toNumbers(
  matrix: ConfusionMatrix,
  normalize: Normalize,
  classNames: readonly string[] | undefined,
): ConfusionMatrixNumbers {
  const counts = matrix.toArray();
  const all = counts.flat().reduce((a, b) => a + b, 0);
  return {
    classes: toClassNames("confusionMatrix", matrix.labels, classNames),
    counts,
    shares: toShares(counts, normalize),
    accuracy: counts.reduce((sum, row, i) => sum + row[i]!, 0) / all,
  };
}

/** Each count over the sum of its row, its column or all; 0 where that is 0. */
function toShares(counts: readonly (readonly number[])[], normalize: Normalize): number[][] {
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const rows = counts.map(sum);
  const columns = counts[0]!.map((_, j) => sum(counts.map((row) => row[j]!)));
  const total = { true: (i: number) => rows[i]!, pred: (_: number, j: number) => columns[j]!, all: () => sum(rows) };
  return counts.map((row, i) => row.map((n, j) => (total[normalize](i, j) === 0 ? 0 : n / total[normalize](i, j))));
}

interface Blocks {
  /** Classes in a block. */
  readonly size: number;
  readonly names: readonly string[];
  readonly counts: readonly (readonly number[])[];
  readonly shares: readonly (readonly number[])[];
}

/** Neighbouring classes together, so that at most 50 × 50 cells are drawn. */
function toBlocks({ classes, counts, shares }: ConfusionMatrixNumbers, normalize: Normalize): Blocks {
  const size = Math.ceil(classes.length / MOST_CELLS);
  if (size === 1) return { size, names: classes, counts, shares };
  const many = Math.ceil(classes.length / size);
  const sums = Array.from({ length: many }, () => new Array<number>(many).fill(0));
  counts.forEach((row, i) => {
    row.forEach((n, j) => {
      sums[Math.floor(i / size)]![Math.floor(j / size)]! += n;
    });
  });
  const names = sums.map((_, b) => {
    const [from, to] = [classes[b * size]!, classes[Math.min((b + 1) * size, classes.length) - 1]!];
    return from === to ? from : `${from} – ${to}`;
  });
  return { size, names, counts: sums, shares: toShares(sums, normalize) };
}

interface Look {
  readonly normalize: Normalize;
  readonly values: "count" | "share";
  readonly options: ChartOptions;
}

function draw({ names, counts, shares }: Blocks, { normalize, values, options }: Look): Record<string, unknown> {
  const rows = names.flatMap((truth, i) =>
    names.map((predicted, j) => ({ truth, predicted, count: counts[i]![j]!, share: shares[i]![j]! })),
  );
  const isAnnotated = names.length <= MOST_ANNOTATED;
  const side = Math.min(420, Math.max(200, 48 * names.length));
  // slanted names do not touch, though the boxes around them do
  const axis = {
    labelOverlap: !isAnnotated,
    grid: false,
    labelLimit: 120,
    ticks: false,
    domain: false,
    labelPadding: 6,
  };
  const isWide = Math.max(...names.map((name) => name.length)) * 7 > side / names.length;
  const label = { field: "truth", type: "nominal", sort: null };
  const whole = rows.every(({ count }) => Number.isInteger(count));
  const cells = {
    mark: { type: "rect" },
    encoding: {
      color: {
        field: "share",
        type: "quantitative",
        title: SHARE_NAMES[normalize],
        scale: { domain: [0, 1] },
        legend: { format: "%", tickCount: 5, gradientLength: Math.min(200, side) },
      },
      tooltip: [
        { field: "truth", type: "nominal", title: "truth" },
        { field: "predicted", type: "nominal", title: "predicted" },
        { field: "count", type: "quantitative", format: whole ? ",d" : ".4~g" },
        { field: "share", type: "quantitative", format: ".1%", title: SHARE_NAMES[normalize] },
      ],
    },
  };
  // Cells have colours of their own in every theme, and so has the text on them.
  const text = {
    mark: { type: "text", fontSize: names.length > 12 ? 9 : 12 },
    encoding: {
      text: { field: "text", type: "nominal" },
      color: { condition: { test: "datum.share > 0.5", value: "white" }, value: "black" },
    },
  };
  const written = `show == 'count' ? format(datum.count, '${whole ? ",d" : ".3~g"}') : format(datum.share, '.2f')`;
  return {
    title: "Confusion matrix",
    width: side,
    height: side,
    ...options,
    ...(isAnnotated && {
      params: [
        {
          name: "show",
          value: values,
          bind: {
            input: "radio",
            options: ["count", "share"],
            labels: ["count", SHARE_NAMES[normalize]],
            name: "in the cells: ",
          },
        },
      ],
      transform: [{ calculate: written, as: "text" }],
    }),
    data: { values: rows },
    encoding: {
      x: {
        ...label,
        field: "predicted",
        title: "predicted class",
        axis: { ...axis, labelAngle: isWide ? -45 : 0 },
      },
      y: { ...label, title: "true class", axis },
    },
    layer: isAnnotated ? [cells, text] : [cells],
  };
}

function describe({ classes, counts, accuracy }: ConfusionMatrixNumbers, { size }: Blocks): string {
  const total = counts.flat().reduce((a, b) => a + b, 0);
  const whole = counts.every((row) => row.every(Number.isInteger));
  const said = whole ? toCount(total, "prediction") : "Predictions";
  const right =
    accuracy === 1 ? "all are right" : Number.isNaN(accuracy) ? "none was counted" : `${toPercent(accuracy)} are right`;
  let worst = { n: 0, truth: 0, guess: 0 };
  counts.forEach((row, truth) => {
    row.forEach((n, guess) => {
      if (guess !== truth && n > worst.n) worst = { n, truth, guess };
    });
  });
  const often = whole ? `, ${toCount(worst.n, "time")}` : ` (${toText(worst.n)})`;
  const confused =
    worst.n > 0 ? `; ${classes[worst.truth]} is taken for ${classes[worst.guess]} most often${often}` : "";
  const drawn = size > 1 ? ` Drawn in blocks of ${size} classes.` : "";
  return `${said} for ${toCount(classes.length, "class")}: ${right}${confused}.${drawn}`;
}
