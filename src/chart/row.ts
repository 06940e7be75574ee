/** One line of a chart's data, as JSON has it: what is not a number is `null`. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** JSON knows neither NaN nor infinity, a gap in the drawing, nor a 0 below 0. */
export function toJson(value: number): number | null {
  return Number.isFinite(value) ? value + 0 : null;
}
