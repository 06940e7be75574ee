import type { Flatten as Flattened } from "../tensor/shape/reshape.ts";
import type { Flow, Input } from "./flow.ts";
import { type Layer, layer, type None } from "./layer.ts";
import { anything, isOpen } from "./sketch.ts";

export interface FlattenFlow<N extends number> extends Flow {
  readonly out: Flattened<Input<this>, N>;
  readonly wrong: unknown;
}

/**
 * Axis `start` (1 unless given: batches stay) and all later ones made one.
 *
 * @example
 * nn.flatten().apply({}, zeros([8, 16, 5, 5])).shape // [8, 400]
 */
export function flatten<const N extends number = 1>(start?: N): Layer<FlattenFlow<N>, None, None> {
  const from = start ?? 1;
  return layer<FlattenFlow<N>>({
    name: "flatten",
    settings: start === undefined ? [] : [start],
    flow: (x) => {
      if (isOpen(x)) return anything;
      const axis = from < 0 ? from + x.length : from;
      return [...x.slice(0, axis), (x.slice(axis) as readonly number[]).reduce((a, b) => a * b, 1)];
    },
    run: (_, x) => x.flatten(from),
  });
}
