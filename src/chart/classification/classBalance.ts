import { findClasses, toNumbers } from "../../metric/classes.ts";
import { type Label, type Labels, toLabels } from "../../metric/input.ts";
import { ShapeError } from "../../tensor/shape/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toClassNames } from "../classNames.ts";
import type { Row } from "../row.ts";
import { toColours } from "../series.ts";
import { toCount, toPercent } from "../text.ts";

export interface ClassBalanceOptions extends ChartOptions {
  /** The classes to show, in this order: all that occur, sorted, unless given. */
  labels?: readonly Label[];
  /** What the classes are called: those of a data set. */
  classNames?: readonly string[] | undefined;
}

export interface ClassBalanceNumbers {
  readonly classes: readonly string[];
  /** By set (one, named "all", unless a record was given), then by class. */
  readonly counts: Readonly<Record<string, readonly number[]>>;
}

/** Bars that can be read; of more classes the most common are drawn. */
const MOST_CLASSES = 40;

/**
 * How many examples each class has, with its share; sets beside each other (training and test) for a record of labels. Of more than 40 classes the 40 most common are drawn. Yellowbrick's
 * `ClassBalance`.
 *
 * Options: `labels`, `classNames`, `title`, `width`, `height`.
 *
 * @example
 * chart.classBalance([0, 0, 0, 1], { classNames: ["cat", "dog"] })
 * // "4 examples of 2 classes: from 1 (25%, dog) to 3 (75%, cat)."
 * @example
 * const { train, test } = data.split(data.iris(), { seed: 1 });
 * chart.classBalance({ train: train.target, test: test.target }, { classNames: train.classNames })
 * @throws RangeError `classBalance: 0 labels where at least 1 is needed.`
 */
export function classBalance(
  target: Labels | Readonly<Record<string, Labels>>,
  { labels, classNames, title, width, height }: ClassBalanceOptions = {},
): Chart<ClassBalanceNumbers> {
  const sets = isLabels(target) ? { all: target } : target;
  const lists = Object.values(sets).map((each) => toLabels("classBalance", "labels", each));
  if (lists.every(({ length }) => length === 0))
    throw new ShapeError("classBalance: 0 labels where at least 1 is needed.");
  const classes = labels ?? findClasses("classBalance", ...lists);
  const names = toClassNames("classBalance", classes, classNames);
  const counts = Object.fromEntries(
    Object.keys(sets).map((set, i) => [set, countClasses(toNumbers(lists[i]!, classes), classes.length)]),
  );
  const numbers = { classes: names, counts };
  const rows = toRows(numbers);
  const look = { title: title ?? "Class balance", ...(width && { width }), ...(height && { height }) };
  return new Chart(draw(rows, Object.keys(sets), look), describe(numbers), numbers, rows);
}

function isLabels(target: Labels | Readonly<Record<string, Labels>>): target is Labels {
  return target instanceof Tensor || Array.isArray(target) || ArrayBuffer.isView(target);
}

function countClasses(places: Int32Array, many: number): number[] {
  const counts = new Array<number>(many).fill(0);
  for (const place of places) if (place >= 0) counts[place]!++;
  return counts;
}

/** The most common classes, in their order. */
function toRows({ classes, counts }: ClassBalanceNumbers): Row[] {
  const totals = classes.map((_, k) => Object.values(counts).reduce((sum, each) => sum + each[k]!, 0));
  const places = classes.map((_, k) => k);
  const most = new Set(places.toSorted((a, b) => totals[b]! - totals[a]!).slice(0, MOST_CLASSES));
  return Object.entries(counts).flatMap(([set, each]) => {
    const all = each.reduce((a, b) => a + b, 0);
    return places
      .filter((k) => most.has(k))
      .map((k) => ({ set, class: classes[k]!, count: each[k]!, share: all === 0 ? 0 : each[k]! / all }));
  });
}

function draw(rows: readonly Row[], sets: readonly string[], look: ChartOptions): Record<string, unknown> {
  const isGrouped = sets.length > 1;
  const offset = isGrouped ? { yOffset: { field: "set", type: "nominal", sort: null } } : {};
  return {
    width: 360,
    height: { step: isGrouped ? 16 : 26 },
    ...look,
    data: { values: rows },
    encoding: {
      y: { field: "class", type: "nominal", sort: null, title: null, axis: { ticks: false, labelLimit: 160 } },
      x: {
        field: "count",
        type: "quantitative",
        title: "examples",
        axis: { tickCount: 6, tickMinStep: 1, format: ",d", grid: false },
      },
      ...offset,
      tooltip: [
        ...(isGrouped ? [{ field: "set", type: "nominal" }] : []),
        { field: "class", type: "nominal" },
        { field: "count", type: "quantitative", title: "examples", format: ",d" },
        { field: "share", type: "quantitative", format: ".1%" },
      ],
    },
    layer: [
      // beside the bars the legend would lie on their numbers
      { mark: { type: "bar" }, encoding: toColours(sets, { field: "set", ...(isGrouped && { orient: "top" }) }) },
      {
        transform: [{ calculate: "format(datum.count, ',d') + ' (' + format(datum.share, '.1%') + ')'", as: "text" }],
        // grey reads on a light and on a dark page
        mark: { type: "text", align: "left", dx: 4, fontSize: 10, color: "#808080" },
        encoding: { text: { field: "text", type: "nominal" } },
      },
    ],
  };
}

function describe({ classes, counts }: ClassBalanceNumbers): string {
  const said = Object.entries(counts).map(([set, each]) => {
    const all = each.reduce((a, b) => a + b, 0);
    const where = set === "all" ? "" : ` in ${set}`;
    const examples = toCount(all, "example");
    if (each.length === 1 || all === 0) return `${examples}${where}${all === 0 ? "" : `, all of class ${classes[0]}`}`;
    const [low, high] = [Math.min(...each), Math.max(...each)];
    const [rare, common] = [low, high].map(
      (n) => `${n.toLocaleString("en")} (${toPercent(n / all)}, ${classes[each.indexOf(n)]})`,
    );
    const range = low === high ? `${low.toLocaleString("en")} of each` : `from ${rare} to ${common}`;
    return `${examples} of ${toCount(each.length, "class")}${where}: ${range}`;
  });
  const left = classes.length > MOST_CLASSES ? ` The ${MOST_CLASSES} most common classes are drawn.` : "";
  return `${said.join("; ")}.${left}`;
}
