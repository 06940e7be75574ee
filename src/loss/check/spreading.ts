import type { BroadcastsTo } from "../../tensor/shape/broadcast.ts";
import { type Checked, type Shape, ShapeError, type Write, type Wrong, writeShape } from "../../tensor/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** `unknown` if weights of shape S broadcast to elements of shape Whole, else the sentence. */
export type Spreading<What extends string, S extends Shape, Whole extends Shape> = Checked<DoesSpread<What, S, Whole>>;
type DoesSpread<What extends string, S extends Shape, Whole extends Shape> = [S] extends [Whole]
  ? unknown
  : unknown extends BroadcastsTo<S, Whole>
    ? unknown
    : Wrong<`${What} of shape [${Write<S>}] does not broadcast to [${Write<Whole>}]`>;

/** The runtime side of {@link Spreading}. */
export function checkSpreading(what: string, tensor: Tensor, whole: Tensor): void {
  const offset = whole.rank - tensor.rank;
  if (offset < 0 || tensor.shape.some((n, axis) => n !== 1 && n !== whole.shape[axis + offset]))
    throw new ShapeError(
      `${what} of shape ${writeShape(tensor.shape)} does not broadcast to ${writeShape(whole.shape)}`,
    );
}
