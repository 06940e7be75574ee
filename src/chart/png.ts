import { createRequire } from "node:module";
import type { Specification } from "./specification.ts";
import { FONT_FAMILY, toSvg } from "./svg.ts";

/** Twice the size on the page, for screens with fine pixels. */
const SCALE = 2;

/** vega → SVG → PNG, with a bundled font, so that the picture is the same on every machine; 50–100 ms once Vega is loaded. */
export async function toPng(spec: Specification): Promise<Uint8Array> {
  const [svg, { Resvg }] = await Promise.all([toSvg(spec, SCALE), import("@resvg/resvg-js")]);
  const font = { fontFiles: findFonts(), loadSystemFonts: false, defaultFontFamily: FONT_FAMILY };
  return new Resvg(svg, { font }).render().asPng();
}

function findFonts(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return ["400Regular/SourceSans3_400Regular.ttf", "700Bold/SourceSans3_700Bold.ttf"].map((file) =>
    resolve(`@expo-google-fonts/source-sans-3/${file}`),
  );
}
