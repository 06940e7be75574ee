import { stack } from "../op/function/concat.ts";
import { eye } from "../tensor/create.ts";
import { describe } from "../tensor/describe.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { checkFloats, checkLoss, withTape } from "./grad.ts";

/**
 * All partial derivatives of a function from one tensor to one tensor: shape of the result, then shape of the input. One backward pass per element of
 * the result.
 *
 * @example
 * jacobian((x: Tensor) => x.mul(x))(tensor([1, 2])).toArray() // [[2, 0], [0, 4]]
 */
export function jacobian<S extends Shape, R extends Shape>(
  f: (x: Tensor<S>) => Tensor<R>,
): (x: Tensor<S>) => Tensor<readonly [...R, ...S]> {
  return (x) => {
    if (!(x instanceof Tensor)) throw new TypeError(`jacobian: ${describe(x)} where one tensor is needed.`);
    checkFloats(x);
    return withTape((tape) => {
      const watched = tape.watch(x);
      const result: Tensor = f(watched as Tensor<S>);
      if (!(result instanceof Tensor))
        throw new TypeError(`jacobian: the function returned ${describe(result)} where a tensor is needed.`);
      const seeds = eye(result.size, { dtype: result.dtype });
      const rows = Array.from(
        { length: result.size },
        (_, i) => tape.gradients(result, seeds.at(i).reshape(result.shape), [watched])[0]!,
      );
      return stack(rows).reshape([...result.shape, ...x.shape]) as never;
    });
  };
}

/** Second derivatives of a function from a tensor to one number: the jacobian of its gradient. */
export function hessian<S extends Shape>(f: (x: Tensor<S>) => Tensor): (x: Tensor<S>) => Tensor<readonly [...S, ...S]> {
  return jacobian((x: Tensor<S>) => gradientOf(f, x));
}

function gradientOf<S extends Shape>(f: (x: Tensor<S>) => Tensor, x: Tensor<S>): Tensor<S> {
  return withTape((tape) => {
    const watched = tape.watch(x) as Tensor<S>;
    const result = f(watched);
    checkLoss(result, "hessian");
    return tape.gradients(result, eye(1, { dtype: result.dtype }).reshape(result.shape), [watched])[0] as Tensor<S>;
  });
}
