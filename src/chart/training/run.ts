import { type Numbers, toVector } from "../../metric/input.ts";

/** A history, or what has one: the result of `train.fit`. */
export type Recorded<H> = H | { readonly history: H };

/** One training, or several by name. */
export type Runs<H> = Recorded<H> | { readonly [run: string]: Recorded<H> };

/** Histories by the name of their run; the name of a single one is empty. */
export function toRuns<H extends object>(chart: string, runs: Runs<H>, key: keyof H & string): [name: string, H][] {
  if (typeof runs !== "object" || runs === null || "length" in runs || "shape" in runs)
    throw new TypeError(`${chart}: ${write(runs)} where a history is needed.`);
  const single = toHistory<H>(runs, key);
  if (single) return [["", single]];
  const entries = Object.entries(runs as { readonly [run: string]: unknown });
  if (entries.length === 0) throw new RangeError(`${chart}: at least one history is needed, got none.`);
  return entries.map(([name, run]) => {
    const history = toHistory<H>(run, key);
    if (!history) throw new TypeError(`${chart}: ${name} is ${write(run)} where a history with ${key} is needed.`);
    return [name, history];
  });
}

/** A series of a history as numbers, refused where it is empty. */
export function toSeries(chart: string, what: string, values: Numbers, step: string): ArrayLike<number> {
  const vector = toVector(chart, what, values);
  if (vector.length === 0) throw new RangeError(`${chart}: a history of at least one ${step} is needed, got none.`);
  return vector;
}

function toHistory<H>(value: unknown, key: string): H | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const found = value as { readonly [key: string]: unknown };
  if (has(found, key)) return value as H;
  return has(found["history"], key) ? (found["history"] as H) : undefined;
}

/** A run may be called `train`, too: then what stands there is no list of numbers. */
function has(value: unknown, key: string): boolean {
  if (typeof value !== "object" || value === null || !(key in value)) return false;
  const found = (value as { readonly [key: string]: unknown })[key];
  if (typeof found !== "object" || found === null) return false;
  return key === "metrics" || "length" in found || "shape" in found;
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null)
    return `an object of ${Object.keys(value).slice(0, 5).join(", ") || "nothing"}`;
  return value === undefined ? "nothing" : typeof value === "function" ? "a function" : String(value);
}
