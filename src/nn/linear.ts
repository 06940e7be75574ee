import { apply } from "../op/apply.ts";
import { sizeOf } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkSizes } from "./check.ts";
import type { Flow, Input, LastBecomes, LastIs } from "./flow.ts";
import { type Initializer, within } from "./initializer.ts";
import { type Layer, layer, type None } from "./layer.ts";
import { checkLast, withLast } from "./sketch.ts";

export interface LinearFlow<I extends number, O extends number> extends Flow {
  readonly out: LastBecomes<Input<this>, O>;
  readonly wrong: LastIs<"linear", Input<this>, I>;
}

export type LinearParams<I extends number, O extends number, B extends boolean = true> = {
  readonly weight: Tensor<readonly [O, I]>;
} & (B extends true ? { readonly bias: Tensor<readonly [O]> } : unknown);

export interface LinearOptions<B extends boolean = boolean> {
  /** Add a bias; true unless given. */
  readonly bias?: B;
  /** How the weight is drawn: uniform within `±1/√inputs` unless given, PyTorch's default. The bias always is. */
  readonly init?: Initializer;
}

/**
 * `y = x Wᵀ + b` on the last axis: `[…, inputs]` to `[…, outputs]`.
 *
 * The weight has shape `[outputs, inputs]`, as in PyTorch, so that its files can be read as they are; Keras and Flax have `[inputs, outputs]`. Keras draws
 * it with `xavierUniform` and starts the bias at 0.
 *
 * @example
 * const layer = nn.linear(784, 10);
 * layer.apply(layer.init(random(0)), zeros([128, 784])).shape // [128, 10]
 * @throws ShapeError `linear: an input of shape [128, 783] where […, 784] is needed`
 */
export function linear<const I extends number, const O extends number, const B extends boolean = true>(
  inputs: I,
  outputs: O,
  { bias, init }: LinearOptions<B> = {},
): Layer<LinearFlow<I, O>, LinearParams<I, O, B>, None> {
  checkSizes("linear", { inputs, outputs });
  const plain = within(1 / Math.sqrt(inputs));
  const hasBias = bias ?? true;
  return layer({
    name: "linear",
    settings: hasBias ? [inputs, outputs] : [inputs, outputs, "no bias"],
    parameters: {
      weight: { shape: [outputs, inputs], initializer: init ?? plain },
      ...(hasBias && { bias: { shape: [outputs], initializer: plain } }),
    },
    flow: (x) => {
      checkLast("linear", x, inputs);
      return withLast(x, outputs);
    },
    run: (params, x) => affine(x, params as LinearParams<number, number, false>),
  });
}

/** `x Wᵀ + b` on the last axis; the weight is read as it lies. */
export function affine(x: Tensor, { weight, bias }: { readonly weight: Tensor; readonly bias?: Tensor }): Tensor {
  const [outputs, inputs] = weight.shape as readonly [number, number];
  const rows = x.rank === 2 ? x : x.reshape([sizeOf(x.shape.slice(0, -1)), inputs]);
  const product = apply("matmul", [rows, weight], { transposeA: false, transposeB: true });
  const sum: Tensor = bias === undefined ? product : product.add(bias);
  return x.rank === 2 ? sum : sum.reshape([...x.shape.slice(0, -1), outputs]);
}
