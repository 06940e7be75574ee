import type { Divide, Multiply } from "../tensor/shape/arithmetic.ts";
import { toAxis } from "../tensor/shape/axis.ts";
import type { Columns } from "../tensor/shape/fit.ts";
import { type Known, type Shape, ShapeError, type Unsized, type Wrong } from "../tensor/shape/shape.ts";
import type { Flow, Input, LastBecomes, WriteOpen } from "./flow.ts";
import { type Layer, layer, type None } from "./layer.ts";
import { isOpen, type Sketch, withLast, writeSketch } from "./sketch.ts";

export interface GluFlow<D extends number> extends Flow {
  readonly out: D extends -1 ? LastBecomes<Input<this>, Divide<Columns<Input<this>>, 2>> : Unsized<Input<this>>;
  readonly wrong: D extends -1 ? Halved<Input<this>> : unknown;
}

type Halved<X extends Shape> =
  Known<Columns<X>> extends false
    ? unknown
    : Multiply<Divide<Columns<X>, 2>, 2> extends Columns<X>
      ? unknown
      : Wrong<`glu: axis -1 of shape [${WriteOpen<X>}] does not divide into 2 halves`>;

/**
 * A gated linear unit: `a · sigmoid(b)` of the two halves of an axis, the last unless given. Dauphin et al. (2017).
 *
 * @example
 * nn.glu().apply({}, tensor([1, 2, 0, 0])).toArray() // [0.5, 1]
 * @throws ShapeError `glu: axis -1 of shape [3, 5] does not divide into 2 halves`
 */
export function glu<const D extends number = -1>(dim?: D): Layer<GluFlow<D>, None, None> {
  const axis = dim ?? -1;
  return layer<GluFlow<D>>({
    name: "glu",
    settings: [axis],
    flow: (x) => halve(x, axis),
    run: (_, x) => {
      const at = toAxis("glu", x.shape, axis);
      const whole = Array.from({ length: at }, () => null);
      const half = x.shape[at]! / 2;
      return x.slice(...whole, [0, half]).mul(x.slice(...whole, [half]).sigmoid());
    },
  });
}

function halve(x: Sketch, axis: number): Sketch {
  const at = isOpen(x) ? x.length + axis : toAxis("glu", x as readonly number[], axis);
  const size = x[at];
  if (isOpen(x) && (axis >= 0 || at < 1)) return axis === -1 ? withLast(x, Number.NaN) : ["…"];
  if ((size as number) % 2 === 1)
    throw new ShapeError(`glu: axis ${axis} of shape ${writeSketch(x)} does not divide into 2 halves`);
  return x.map((n, i) => (i === at ? (n as number) / 2 : n));
}
