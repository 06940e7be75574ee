import * as vega from "vega";
import { compile } from "vega-lite";
import type { Specification } from "../../src/chart/specification.ts";

export interface Running {
  /** Turns a control. */
  set(parameter: string, value: unknown): Promise<void>;
  /** The rows of the first of Vega's tables whose rows have this field. */
  rows(field: string): Record<string, unknown>[];
  svg(): Promise<string>;
}

/** A chart as a reader has it: its controls can be turned. */
export async function run(spec: Specification): Promise<Running> {
  const compiled = compile(structuredClone(spec) as never).spec;
  const view = await new vega.View(vega.parse(compiled), {
    renderer: "none",
    logger: vega.logger(vega.Error),
  }).runAsync();
  const tables = (compiled.data ?? []).map(({ name }) => name);
  return {
    set: async (parameter, value) => {
      await view.signal(parameter, value).runAsync();
    },
    rows: (field) =>
      tables.map((name) => view.data(name) as Record<string, unknown>[]).find(([row]) => row && field in row) ?? [],
    svg: () => view.toSVG(),
  };
}
