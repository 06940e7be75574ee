import { COLOURS } from "../palette.ts";
import type { Specification } from "../specification.ts";

/** A control inside the chart that shows one series at a time. */
export interface Choice {
  readonly params: readonly Specification[];
  /** Keeps the rows of the series that is shown, and calls it by one name, so that it has one look whichever it is. */
  readonly transform: readonly Specification[];
  /** Two classes of points below it have the colours before this one. */
  readonly color: Specification;
  /** Says which series is shown, also where the control cannot be seen: in a picture. */
  readonly label: Specification;
}

/** Whole numbers at equal distances make a slider, other names a list. `shown` stands first. */
export function toChoice(
  names: readonly string[],
  { title, shown, called }: { title: string; shown: string; called: string },
): Choice {
  const range = findRange(names);
  return {
    params: [
      range
        ? { name: "chosen", value: Number(shown), bind: { input: "range", ...range, name: `${title} ` } }
        : { name: "chosen", value: shown, bind: { input: "select", options: [...names], name: `${title} ` } },
    ],
    transform: [{ filter: "datum.series === toString(chosen)" }, { calculate: JSON.stringify(called), as: "series" }],
    color: { value: COLOURS[2] },
    label: {
      data: { values: [{}] },
      // inside: a chart below it that can be dragged cuts off what is outside
      mark: { type: "text", align: "right", baseline: "top", dx: -6, dy: 6, fontSize: 12, fontWeight: "bold" },
      encoding: {
        x: { value: "width" },
        y: { value: 0 },
        text: { value: { expr: `${JSON.stringify(`${title} = `)} + chosen` } },
        color: { value: COLOURS[2] },
      },
    },
  };
}

/** From the first to the last and by how much, if the names are whole numbers at equal distances. */
export function findRange(names: readonly string[]): { min: number; max: number; step: number } | undefined {
  const numbers = names.map(Number).sort((a, b) => a - b);
  const [min, second] = [numbers[0]!, numbers[1]!];
  const step = second - min;
  const isEven = names.every((name) => Number.isSafeInteger(Number(name)) && String(Number(name)) === name);
  if (!isEven || step <= 0 || numbers.some((n, i) => n !== min + i * step)) return undefined;
  return { min, max: numbers.at(-1)!, step };
}
