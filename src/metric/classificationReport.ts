import { addUp, toMean, toRatios } from "./average.ts";
import { type ClassOptions, count, encode, findClasses, sum } from "./classes.ts";
import { toF } from "./fBeta.ts";
import { checkLabels, type Labels, type Paired } from "./input.ts";
import { toSafe } from "./safe.ts";

export interface ReportOptions extends ClassOptions {
  /** What to call the classes, in their order. */
  readonly targetNames?: readonly string[] | undefined;
  /** Digits after the point: 2 unless given. */
  readonly digits?: number;
  /** The value of 0 / 0: 0 unless given. */
  readonly zeroDivision?: number;
}

/** One line of a report. */
export interface ReportRow {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** How many rows of the class there are in the target. */
  readonly support: number;
}

/**
 * Precision, recall, F1 and size of every class, and their means. scikit-learn's `classification_report`, printed like it.
 *
 * @example
 * const report = metric.classificationReport([0, 1, 1], [0, 1, 0], { targetNames: ["no", "yes"] });
 * report.classes.yes.recall // 0.5
 * report.accuracy // 0.6666666666666666
 * @throws RangeError `classificationReport: 3 names do not match 2 classes.`
 */
export function classificationReport<T extends Labels, P extends Labels>(
  yTrue: T,
  yPred: P & Paired<"classificationReport", "predictions", T, P>,
  options: ReportOptions = {},
): ClassificationReport {
  const { digits = 2, zeroDivision = 0, targetNames } = options;
  const encoded = encode("classificationReport", yTrue, yPred, options);
  const names = targetNames ?? encoded.classes.map(String);
  if (names.length !== encoded.classes.length)
    throw new RangeError(`classificationReport: ${names.length} names do not match ${encoded.classes.length} classes.`);
  if (!Number.isInteger(digits) || digits < 0 || digits > 20)
    throw new RangeError(`classificationReport: digits must be a whole number from 0 to 20, got ${digits}.`);
  const counts = count(encoded);
  const [precision, recall, f1] = [
    toRatios(counts, (hits, guessed) => [hits, guessed], zeroDivision),
    toRatios(counts, (hits, _, there) => [hits, there], zeroDivision),
    toRatios(counts, toF(1), zeroDivision),
  ];
  const support = sum(counts.there);
  const mean = (weights?: Float64Array): ReportRow => ({
    precision: toMean(precision, weights),
    recall: toMean(recall, weights),
    f1: toMean(f1, weights),
    support,
  });
  const all = addUp(counts);
  const micro = {
    precision: toRatios(all, (hits, guessed) => [hits, guessed], zeroDivision)[0]!,
    recall: toRatios(all, (hits, _, there) => [hits, there], zeroDivision)[0]!,
    f1: toRatios(all, toF(1), zeroDivision)[0]!,
    support,
  };
  const present = findClasses("classificationReport", ...checkLabels("classificationReport", yTrue, yPred));
  const complete = present.every((label) => encoded.classes.includes(label));
  const row = (i: number) => ({
    precision: precision[i]!,
    recall: recall[i]!,
    f1: f1[i]!,
    support: counts.there[i]!,
  });
  return new ClassificationReport(
    Object.fromEntries(names.map((name, i) => [name, row(i)])),
    // over all classes micro precision, recall and F1 are the accuracy
    complete ? micro.f1 : undefined,
    complete ? undefined : micro,
    mean(),
    mean(counts.there),
    digits,
  );
}

/** A table of precision, recall and F1; made by `classificationReport`. */
export class ClassificationReport {
  /** A row for each class, by name. */
  readonly classes: Readonly<Record<string, ReportRow>>;
  /** The share of rows that are right; not there where `labels` leaves classes out. */
  readonly accuracy: number | undefined;
  /** From the counts of all classes together; there where `labels` leaves classes out. */
  readonly microAverage: ReportRow | undefined;
  /** The mean over the classes. */
  readonly macroAverage: ReportRow;
  /** The mean weighted by the size of each class. */
  readonly weightedAverage: ReportRow;
  readonly #digits: number;

  constructor(
    classes: Readonly<Record<string, ReportRow>>,
    accuracy: number | undefined,
    microAverage: ReportRow | undefined,
    macroAverage: ReportRow,
    weightedAverage: ReportRow,
    digits: number,
  ) {
    this.classes = classes;
    this.accuracy = accuracy;
    this.microAverage = microAverage;
    this.macroAverage = macroAverage;
    this.weightedAverage = weightedAverage;
    this.#digits = digits;
  }

  /** One object with a member for each line. */
  toJSON(): Record<string, ReportRow | number> {
    const { accuracy, microAverage } = this;
    return {
      ...this.classes,
      ...(accuracy === undefined ? {} : { accuracy }),
      ...(microAverage === undefined ? {} : { microAverage }),
      macroAverage: this.macroAverage,
      weightedAverage: this.weightedAverage,
    };
  }

  /** As scikit-learn prints it. */
  toString(): string {
    const lines = this.#lines();
    const width = Math.max(this.#digits, ...lines.map(([name]) => name.length));
    const text = ([name, ...cells]: readonly string[]) =>
      `${name!.padStart(width)} ${cells.map((cell) => ` ${cell.padStart(9)}`).join("")}`;
    return [text(["", ...headings]), "", ...lines.slice(0, -3).map(text), "", ...lines.slice(-3).map(text)].join("\n");
  }

  /** For the notebook: text and a table. */
  [Symbol.for("Jupyter.display")](): Record<string, unknown> {
    return { "text/plain": this.toString(), "text/html": this.#toHtml() };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #lines(): readonly (readonly [string, ...string[]])[] {
    const number = (n: number) => (Number.isNaN(n) ? "nan" : n.toFixed(this.#digits));
    const line = (name: string, row: ReportRow) =>
      [name, number(row.precision), number(row.recall), number(row.f1), String(row.support)] as const;
    const { accuracy, microAverage, macroAverage } = this;
    return [
      ...Object.entries(this.classes).map(([name, row]) => line(name, row)),
      microAverage
        ? line("micro avg", microAverage)
        : (["accuracy", "", "", number(accuracy!), String(macroAverage.support)] as const),
      line("macro avg", macroAverage),
      line("weighted avg", this.weightedAverage),
    ];
  }

  #toHtml(): string {
    const head = headings.map((name) => `<th>${name}</th>`).join("");
    const rows = this.#lines().map(([name, ...cells]) => {
      const body = cells.map((cell) => `<td style="text-align:right">${cell}</td>`).join("");
      return `<tr><th>${toSafe(name)}</th>${body}</tr>`;
    });
    return `<table><thead><tr><th></th>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
  }
}

const headings = ["precision", "recall", "f1-score", "support"] as const;
