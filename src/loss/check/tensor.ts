import { describe } from "../../tensor/describe.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** `mse: an array of 3 where a tensor is needed.` The checker says so too, of what it has a type for. `what` may go on after the loss's name. */
export function checkTensor(what: string, value: unknown): asserts value is Tensor {
  if (value instanceof Tensor) return;
  const [name] = what.split(":", 1);
  throw new TypeError(`${name}: ${describe(value)} where a tensor is needed.`);
}
