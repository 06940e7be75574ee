import type { CreateOptions } from "../tensor/create.ts";
import type { Generator } from "../tensor/random/random.ts";
import { checkFit, type Fitting } from "../tensor/shape/fit.ts";
import type { Checked, Shape, Size } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkSizes } from "./check.ts";
import type { LastBecomes, LastIs } from "./flow.ts";
import { within } from "./initializer.ts";
import { checkParameters, countParameters, type Declarations, draw } from "./parameters.ts";
import { checkLast } from "./sketch.ts";

export type BilinearParams<I extends number, J extends number, O extends number, B extends boolean = true> = {
  readonly weight: Tensor<readonly [O, I, J]>;
} & (B extends true ? { readonly bias: Tensor<readonly [O]> } : unknown);

/** A layer of two inputs; it does not fit into `sequential`, which has one. */
export interface Bilinear<I extends number, J extends number, O extends number, B extends boolean> {
  readonly name: string;
  readonly settings: string;
  /** How many numbers the parameters hold. */
  readonly size: number;
  /** Parameters, float32 unless a dtype is given. */
  init(generator: Generator, options?: CreateOptions): BilinearParams<I, J, O, B>;
  /** `[…, inputs1]` and `[…, inputs2]` to `[…, outputs]`. */
  apply<X extends Tensor, Y extends Tensor>(
    params: BilinearParams<I, J, O, B>,
    x1: X & Checked<LastIs<"bilinear", X["shape"], I>>,
    x2: Y & Fitting<"bilinear: a second input", Y["shape"], LastBecomes<X["shape"], J>>,
  ): Tensor<LastBecomes<X["shape"], O>>;
}

/**
 * `y_k = x₁ᵀ W_k x₂ + b_k` on the last axes of two inputs. The weight is `[outputs, inputs1, inputs2]`.
 *
 * @example
 * const layer = nn.bilinear(3, 2, 5);
 * layer.apply(layer.init(random(0)), zeros([4, 3]), zeros([4, 2])).shape // [4, 5]
 * @throws ShapeError `bilinear: an input of shape [4, 2] where […, 3] is needed`
 * @throws ShapeError `bilinear: a second input of shape [5, 2] where [4, 2] is needed`
 */
export function bilinear<
  const I extends number,
  const J extends number,
  const O extends number,
  const B extends boolean = true,
>(inputs1: I, inputs2: J, outputs: O, options?: { readonly bias?: B }): Bilinear<I, J, O, B> {
  checkSizes("bilinear", { inputs1, inputs2, outputs });
  const initializer = within(1 / Math.sqrt(inputs1));
  const hasBias = options?.bias ?? true;
  const parameters: Declarations = {
    weight: { shape: [outputs, inputs1, inputs2], initializer },
    ...(hasBias && { bias: { shape: [outputs], initializer } }),
  };
  return {
    name: "bilinear",
    settings: [inputs1, inputs2, outputs, ...(hasBias ? [] : ["no bias"])].join(", "),
    size: countParameters(parameters),
    init: (generator, given = {}) => draw(parameters, generator, given) as BilinearParams<I, J, O, B>,
    apply: (params, x1, x2) => {
      checkLast("bilinear", x1.shape, inputs1);
      const rows: Shape = x1.shape.slice(0, -1);
      checkFit("bilinear: a second input", x2.shape, [...rows, inputs2]);
      checkParameters("bilinear", parameters, params);
      return run(x1, x2, params as { readonly weight: Tensor; readonly bias?: Tensor }) as never;
    },
  };
}

/** One matrix product for all `k`, then the inner products with the second input. */
function run(x1: Tensor, x2: Tensor, { weight, bias }: { readonly weight: Tensor; readonly bias?: Tensor }): Tensor {
  const [outputs, inputs1, inputs2] = weight.shape as readonly [Size, Size, Size];
  const flat = weight.permute([1, 0, 2]).reshape([inputs1, outputs * inputs2]) as Tensor;
  const turned = x1.matmul(flat).reshape([...x1.shape.slice(0, -1), outputs, inputs2]) as Tensor;
  const y: Tensor = turned.mul(x2.unsqueeze(-2)).sum(-1);
  return bias === undefined ? y : y.add(bias);
}
