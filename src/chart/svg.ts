import type { Loader, LoggerInterface, Spec as VegaSpec } from "vega";
import type { TopLevelSpec } from "vega-lite";
import { cull, type Scene } from "./cull.ts";
import { FONT_FAMILY, findFonts } from "./font.ts";
import type { Specification } from "./specification.ts";
import { measureWith, type TextMetrics } from "./textWidth.ts";

/**
 * Draws a Vega-Lite or Vega specification without a browser. Vega is loaded with the first chart; that takes about 0.7 s. What it would warn about is heard
 * by the tests of our charts; in a notebook nobody asked.
 */
export async function toSvg(spec: Specification, scale = 1, logger?: LoggerInterface): Promise<string> {
  const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  // Vega's own types leave it out
  measureWith((vega as unknown as { readonly textMetrics: TextMetrics }).textMetrics, ...findFonts());
  // Vega writes into the data that it draws.
  const themed = {
    background: "white",
    ...structuredClone(spec),
    config: { font: FONT_FAMILY, ...(spec["config"] as object | undefined) },
  };
  const ear = logger ?? vega.logger(vega.Error);
  const isVega = /\/schema\/vega\/v\d/.test(String(spec["$schema"]));
  const compiled = isVega ? themed : compile(themed as unknown as TopLevelSpec, { logger: ear as never }).spec;
  const loader = strictLoader(vega);
  const view = new vega.View(vega.parse(compiled as VegaSpec), { renderer: "none", logger: ear, loader });
  try {
    const svg = await view.toSVG(scale);
    if (loader.failure !== undefined) throw loader.failure;
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!;
    // Vega's own types leave the root out
    const { root } = view.scenegraph() as unknown as { readonly root: Scene };
    return cull(root, Number(width), Number(height)) ? await view.toSVG(scale) : svg;
  } finally {
    view.finalize();
  }
}

/** Data that cannot be loaded are no data for Vega, and the picture would be empty: here they are an error. */
function strictLoader(vega: typeof import("vega")): Loader & { failure?: unknown } {
  const loader = vega.loader() as Loader & { failure?: unknown };
  const { load } = loader;
  loader.load = async (uri, options) => {
    try {
      return await load.call(loader, uri, options);
    } catch (error) {
      loader.failure = error;
      return "[]";
    }
  };
  return loader;
}
