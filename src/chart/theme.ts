import { BLUES, COLOURS } from "./palette.ts";

/**
 * How every chart looks, as Vega-Lite's `config`. It names no background and no colour of text: the viewer's theme, light or dark, decides
 * about those, and what is drawn here reads on both.
 */
export const CONFIG = {
  range: { category: [...COLOURS], heatmap: [...BLUES], diverging: { scheme: "blueorange" } },
  axis: { gridColor: "#808080", gridOpacity: 0.2, titleFontWeight: "normal" },
  legend: { titleFontWeight: "normal" },
  title: { anchor: "start", fontSize: 14, offset: 10 },
  view: { strokeOpacity: 0.2 },
} as const;

/** Lines that are not data: diagonals, means, thresholds. */
export const GUIDE = { color: "#888888", strokeDash: [4, 4] } as const;
