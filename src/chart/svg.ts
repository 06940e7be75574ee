import type { TopLevelSpec } from "vega-lite";
import type { Specification } from "./specification.ts";

export const FONT_FAMILY = "Source Sans 3";

/**
 * Draws a Vega-Lite specification without a browser. Vega is loaded with the first chart; that takes about 0.7 s. What it would warn about is said
 * by the tests of our charts; in a notebook nobody asked.
 */
export async function toSvg(spec: Specification, scale = 1): Promise<string> {
  const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  // Vega writes into the data that it draws.
  const themed = {
    ...structuredClone(spec),
    background: "white",
    config: { font: FONT_FAMILY, ...(spec["config"] as object | undefined) },
  };
  const quiet = vega.logger(vega.Error);
  const compiled = compile(themed as unknown as TopLevelSpec, { logger: quiet as never }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logger: quiet });
  try {
    return await view.toSVG(scale);
  } finally {
    view.finalize();
  }
}
