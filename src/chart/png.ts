import { FONT_FAMILY, findFonts } from "./font.ts";
import type { Specification } from "./specification.ts";
import { toSvg } from "./svg.ts";

/** Twice the size on the page, for screens with fine pixels. */
export const SCALE = 2;

/** More would be a quarter of a gigabyte, and from some size on resvg ends the whole process. */
const MOST_PIXELS = 64_000_000;

/** vega → SVG → PNG, with a bundled font, so that the picture is the same on every machine; 50–100 ms once Vega is loaded. */
export async function toPng(spec: Specification): Promise<Uint8Array> {
  return toPixels(await toSvg(spec, SCALE));
}

/** A drawing as a PNG file. */
export async function toPixels(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const font = { fontFiles: findFonts(), loadSystemFonts: false, defaultFontFamily: FONT_FAMILY };
  const drawing = new Resvg(svg, { font });
  checkSize(drawing.width, drawing.height);
  return drawing.render().asPng();
}

/** Vega makes room for whatever is not clipped. */
function checkSize(width: number, height: number): void {
  if (width * height <= MOST_PIXELS) return;
  throw new RangeError(
    `A picture of ${Math.round(width)} × ${Math.round(height)} pixels cannot be drawn: is there a mark far outside of its axes? "clip": true cuts it off.`,
  );
}
