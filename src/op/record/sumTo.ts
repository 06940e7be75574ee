import type { Tensor } from "../../tensor/tensor.ts";

/** The gradient of a broadcast: summed over the axes that were repeated, and in the dtype of what was. */
export function sumTo(g: Tensor, like: Tensor): Tensor {
  const cast = g.dtype === like.dtype ? g : g.to(like.dtype);
  const offset = cast.rank - like.rank;
  const axes = cast.shape.flatMap((n, axis) =>
    axis < offset || (like.shape[axis - offset] === 1 && n !== 1) ? [axis] : [],
  );
  if (axes.length === 0) return cast;
  return cast.sum(axes).reshape(like.shape);
}
