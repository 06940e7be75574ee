import type { Specification } from "./specification.ts";

/** What a view without a size is given by Vega-Lite. */
const DEFAULT = 200;

type Side = "width" | "height";
const JOINED = { hconcat: "width", vconcat: "height" } as const;

/**
 * A specification with another size of its plotting area. Views beside each other share a width in the proportions they had and all take the height, views below
 * each other the other way round; of facets each takes both.
 *
 * @example
 * resize({ hconcat: [{ width: 300 }, { width: 100 }] }, "width", 200) // { hconcat: [{ width: 150 }, { width: 50 }] }
 */
export function resize(spec: Specification, side: Side, size: number): Specification {
  for (const [key, along] of Object.entries(JOINED)) {
    const views = spec[key] as Specification[] | undefined;
    if (!views) continue;
    const share = along === side ? size / sizeOf(spec, side) : 1;
    return {
      ...spec,
      [key]: views.map((view) => resize(view, side, along === side ? sizeOf(view, side) * share : size)),
    };
  }
  if (typeof spec["spec"] === "object" && spec["spec"] !== null)
    return { ...spec, spec: resize(spec["spec"] as Specification, side, size) };
  return { ...spec, [side]: size };
}

/**
 * A size that nothing can be drawn in is refused, of a view as of the views in it.
 *
 * @throws RangeError `chart: width must be above 0, got -5.`
 */
export function checkSize(spec: Specification): void {
  for (const side of ["width", "height"] as const) {
    const size = spec[side];
    if (typeof size === "number" && !(size > 0 && size < Number.POSITIVE_INFINITY))
      throw new RangeError(`chart: ${side} must be above 0, got ${size}.`);
  }
  for (const key of Object.keys(JOINED)) for (const view of (spec[key] ?? []) as Specification[]) checkSize(view);
  if (typeof spec["spec"] === "object" && spec["spec"] !== null) checkSize(spec["spec"] as Specification);
}

/** How wide or high all views are together. */
function sizeOf(spec: Specification, side: Side): number {
  for (const [key, along] of Object.entries(JOINED)) {
    const sizes = (spec[key] as Specification[] | undefined)?.map((view) => sizeOf(view, side));
    if (sizes) return along === side ? sizes.reduce((sum, each) => sum + each, 0) : Math.max(...sizes);
  }
  if (typeof spec["spec"] === "object" && spec["spec"] !== null) return sizeOf(spec["spec"] as Specification, side);
  return typeof spec[side] === "number" ? spec[side] : DEFAULT;
}
