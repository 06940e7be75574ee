import { FONT_FAMILY, findFonts } from "./font.ts";
import type { Specification } from "./specification.ts";
import { toSvg } from "./svg.ts";

/** Twice the size on the page, for screens with fine pixels. */
const SCALE = 2;

/** vega → SVG → PNG, with a bundled font, so that the picture is the same on every machine; 50–100 ms once Vega is loaded. */
export async function toPng(spec: Specification): Promise<Uint8Array> {
  const [svg, { Resvg }] = await Promise.all([toSvg(spec, SCALE), import("@resvg/resvg-js")]);
  const font = { fontFiles: findFonts(), loadSystemFonts: false, defaultFontFamily: FONT_FAMILY };
  return new Resvg(svg, { font }).render().asPng();
}
