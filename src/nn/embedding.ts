import { where } from "../op/function/where.ts";
import type { CreateOptions } from "../tensor/create.ts";
import type { Generator } from "../tensor/random/random.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { checkSizes } from "./check.ts";
import type { Flow, Input } from "./flow.ts";
import { type Initializer, normal } from "./initializer.ts";
import { type Layer, layer, type None } from "./layer.ts";

export interface EmbeddingFlow<D extends number> extends Flow {
  readonly out: readonly [...Input<this>, D];
  readonly wrong: unknown;
}

export interface EmbeddingOptions {
  /** A number whose vector starts at zeros and is not learned. */
  readonly paddingIdx?: number;
  /** How the weight is drawn: normal with deviation 1 unless given, as in PyTorch (Keras: uniform within ±0.05). */
  readonly init?: Initializer;
}

/**
 * A vector for each whole number below `count`: ids of shape `[…]` to `[…, size]`. The weight is `[count, size]`.
 *
 * @example
 * const layer = nn.embedding(1000, 64);
 * layer.apply(layer.init(random(0)), zeros([8, 20])).shape // [8, 20, 64]
 * @throws RangeError `take: index 1000 at 3 is not in an axis of 1000.`
 */
export function embedding<const N extends number, const D extends number>(
  count: N,
  size: D,
  { paddingIdx, init = normal }: EmbeddingOptions = {},
): Layer<EmbeddingFlow<D>, { readonly weight: Tensor<readonly [N, D]> }, None> {
  checkSizes("embedding", { count, size });
  if (paddingIdx !== undefined && !(Number.isInteger(paddingIdx) && paddingIdx >= -count && paddingIdx < count))
    throw new RangeError(`embedding: paddingIdx must be a whole number below ${count}, got ${paddingIdx}.`);
  const padding = paddingIdx === undefined ? undefined : (paddingIdx + count) % count;
  const drawn: Initializer = padding === undefined ? init : withZeroRow(init, padding);
  return layer({
    name: "embedding",
    settings: [count, size],
    parameters: { weight: { shape: [count, size], initializer: drawn } },
    flow: (x) => [...x, size],
    run: ({ weight }, ids) => {
      const vectors: Tensor = weight.take(ids);
      if (padding === undefined) return vectors;
      const isPadding = ids.equal(padding).reshape([...ids.shape, 1]);
      return where(isPadding, vectors.stopGradient(), vectors) as Tensor;
    },
  });
}

function withZeroRow(init: Initializer, row: number): Initializer {
  return <const S extends Shape>(generator: Generator, shape: S, options?: CreateOptions) => {
    const { data, dtype } = init(generator, shape, options);
    const size = shape.at(-1)!;
    return new Tensor(data.slice().fill(0, row * size, (row + 1) * size), shape, dtype);
  };
}
