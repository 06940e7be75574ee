import { quoteTitles } from "./quote.ts";
import { checkSize, resize } from "./resize.ts";
import type { Row } from "./row.ts";
import type { Specification } from "./specification.ts";
import { Table } from "./table.ts";
import { CONFIG } from "./theme.ts";

/** What a chart looks like and says; `description` is its text form and the alt text of its picture. */
export interface ChartOptions {
  title?: string;
  /** Pixels of the plotting area, above 0. */
  width?: number;
  height?: number;
}

/**
 * A Vega-Lite specification with the numbers it was made from.
 *
 * As the value of a cell it shows itself: interactive in JupyterLab and VS Code, as a picture on GitHub and in exported pages, as
 * its description in a terminal. `spec` is plain JSON, to be taken, changed and put elsewhere.
 *
 * @example
 * const curve = chart.lossCurve({ train: [2.3, 0.9, 0.4] });
 * curve.spec.width // 480
 * String(curve) // "Training loss falls from 2.3 to 0.4 in 3 epochs."
 */
export class Chart<Numbers = unknown> {
  readonly spec: Specification;
  readonly description: string;
  /** What was computed before it was drawn. */
  readonly numbers: Numbers;
  /** What is drawn, row by row. */
  readonly rows: readonly Row[];

  /** `rows` are the `data` of the specification unless given. */
  constructor(spec: Specification, description: string, numbers: Numbers, rows?: readonly Row[]) {
    checkSize(spec);
    this.spec = quoteTitles({ $schema: SCHEMA, description, config: CONFIG, ...spec }) as Specification;
    this.description = description;
    this.numbers = numbers;
    this.rows = rows ?? (spec["data"] as { values?: readonly Row[] } | undefined)?.values ?? [];
  }

  /**
   * The same chart with another title or size. Charts beside each other share a width in the proportions they had, those below each other a height.
   *
   * @example
   * chart.lossCurve({ train: [2, 1] }).with({ title: "Mine", width: 300 }).spec.width // 300
   */
  with({ width, height, ...options }: ChartOptions): Chart<Numbers> {
    const wide = width === undefined ? this.spec : resize(this.spec, "width", width);
    const sized = height === undefined ? wide : resize(wide, "height", height);
    return new Chart({ ...sized, ...options }, this.description, this.numbers, this.rows);
  }

  /** The drawn data as a table, for those who would rather read it. */
  table(): Table {
    return new Table(this.rows, { title: this.description });
  }

  /**
   * Writes the chart to a file: `.html` (interactive, needs no network), `.json` (the specification), `.png` or `.svg`.
   *
   * @example
   * await chart.lossCurve({ train: [2, 1] }).save("out/loss.png");
   * @throws RangeError `save: "loss.gif" where a name that ends in .html, .json, .png or .svg is needed.`
   */
  async save(path: string): Promise<void> {
    await (await import("./save.ts")).save(this, path);
  }

  toString(): string {
    return this.description;
  }

  /** The MIME bundle that notebooks show. No `text/html`: it would outrank the interactive chart in JupyterLab. */
  async [Symbol.for("Jupyter.display")](): Promise<Record<string, unknown>> {
    const { toPng } = await import("./png.ts");
    const picture = await toPng(this.spec);
    return {
      "application/vnd.vegalite.v5+json": this.spec,
      "image/png": Buffer.from(picture).toString("base64"),
      "text/plain": this.description,
    };
  }
}

/** JupyterLab renders Vega-Lite 5.6 and nothing newer. */
const SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";
