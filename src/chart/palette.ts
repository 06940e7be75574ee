/**
 * Colours that colour-blind readers can tell apart, in the order of Okabe and Ito (Color Universal Design, 2008), the darker first, and grey
 * where they have black, which would not be seen on a dark page; lines differ in their dashes and points in their shapes as well, so that nothing
 * is said by colour alone.
 */
export const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#808080"] as const;
export const DASHES = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 2, 2, 2],
  [4, 4],
  [1, 3],
  [10, 4],
] as const;
export const SHAPES = [
  "circle",
  "square",
  "triangle-up",
  "diamond",
  "cross",
  "triangle-down",
  "triangle-right",
] as const;

/** From nothing to all: ColorBrewer's blues, which begin lighter than Vega's. */
export const BLUES = [
  "#f7fbff",
  "#deebf7",
  "#c6dbef",
  "#9ecae1",
  "#6baed6",
  "#4292c6",
  "#2171b5",
  "#08519c",
  "#08306b",
] as const;
