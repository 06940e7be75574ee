import type { Specification } from "./specification.ts";
import { GUIDE } from "./theme.ts";

/** A title with more lines than this would be longer than the picture. */
const MOST_IN_TOOLTIP = 20;

export interface HoverOptions {
  readonly x: string;
  readonly y: string;
  /** What stands beside the place in the tooltip. */
  readonly xTitle: string;
  /** Of the numbers: four significant digits unless given. */
  readonly format?: string;
  /** What lies outside of the axes has no point. Default false. */
  readonly isCut?: boolean;
}

/**
 * Two layers over lines that rows with a `series` make: a rule that follows the pointer, with a tooltip of all lines there, and a point on each line. In the
 * chart around them nothing but x may be encoded for all layers.
 */
export function toHover(
  names: readonly string[],
  color: unknown,
  { x, y, xTitle, format = ".4~g", isCut = false }: HoverOptions,
): readonly Specification[] {
  const shown = names.slice(0, MOST_IN_TOOLTIP);
  const isDrawn = `isValid(datum.${y})`;
  const select = { type: "point", fields: [x], nearest: true, on: "mouseover", clear: "mouseout" };
  return [
    {
      transform: [
        { filter: isDrawn },
        // names may hold what no field can: the columns are numbered
        { calculate: `'v' + indexof(${JSON.stringify(shown)}, datum.series)`, as: "column" },
        { pivot: "column", value: y, groupby: [x], op: "max" },
      ],
      params: [{ name: "hover", select }],
      mark: { type: "rule", color: GUIDE.color },
      encoding: {
        opacity: { condition: { param: "hover", empty: false, value: 0.7 }, value: 0 },
        tooltip: [
          { field: x, type: "quantitative", title: xTitle },
          ...shown.map((name, i) => ({ field: `v${i}`, type: "quantitative", title: name, format })),
        ],
      },
    },
    {
      // not a filter: without a point Vega-Lite warns of an axis without an extent
      mark: { type: "point", filled: true, size: 60, ...(isCut && { clip: true }) },
      encoding: {
        y: { field: y, type: "quantitative" },
        color,
        opacity: { condition: { param: "hover", empty: false, value: 1 }, value: 0 },
      },
    },
  ];
}
