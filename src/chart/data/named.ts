import type { Numbers } from "../../metric/input.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** One thing, or several by name. */
export type Named<T> = T | Readonly<Record<string, T>>;

/** Several things by name; one alone is called `alone`. */
export function toEntries(things: Named<Numbers>, alone: string): [name: string, each: Numbers][] {
  const isOne = things instanceof Tensor || Array.isArray(things) || ArrayBuffer.isView(things);
  return isOne ? [[alone, things as Numbers]] : Object.entries(things as Readonly<Record<string, Numbers>>);
}
