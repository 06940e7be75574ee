import type { Specification } from "./specification.ts";

/** What a chart looks like and says; `description` is its text form and the alt text of its picture. */
export interface ChartOptions {
  title?: string;
  /** Pixels of the plotting area. */
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

  constructor(spec: Specification, description: string, numbers: Numbers) {
    this.spec = { $schema: SCHEMA, description, ...spec };
    this.description = description;
    this.numbers = numbers;
  }

  /** The same chart with another title or size. */
  with(options: ChartOptions): Chart<Numbers> {
    return new Chart({ ...this.spec, ...options }, this.description, this.numbers);
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
