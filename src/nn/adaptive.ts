import type { Pair, RankIs } from "../tensor/shape/convolution.ts";
import type { Size } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { checkSizes } from "./check.ts";
import type { At } from "./convolution.ts";
import type { Flow, Input } from "./flow.ts";
import { type Layer, layer, type None } from "./layer.ts";
import { checkAxes, sizeAt } from "./sketch.ts";
import { spread } from "./window.ts";

export interface AdaptiveFlow<K> extends Flow {
  readonly out: Input<this> extends readonly [infer N extends Size, infer C extends Size, Size, Size]
    ? readonly [N, C, At<K, 0>, At<K, 1>]
    : readonly [number, number, At<K, 0>, At<K, 1>];
  readonly wrong: RankIs<"adaptiveAvgPool2d", Input<this>, 4>;
}

/**
 * Means of windows such that `outputSize` of them cover each axis of `[N, C, H, W]`: window i goes from `⌊iH/n⌋` to `⌈(i + 1)H/n⌉`. With 1, the mean of each
 * channel, whatever the size of the image.
 *
 * @example
 * nn.adaptiveAvgPool2d(1).apply({}, zeros([8, 16, 7, 9])).shape // [8, 16, 1, 1]
 * @throws ShapeError `adaptiveAvgPool2d: an input of shape [8, 16] where 4 axes are needed`
 */
export function adaptiveAvgPool2d<const K extends Pair>(outputSize: K): Layer<AdaptiveFlow<K>, None, None> {
  const [high, wide] = spread(outputSize, 2) as readonly [number, number];
  checkSizes("adaptiveAvgPool2d", { outputSize: Math.min(high, wide) });
  return layer<AdaptiveFlow<K>>({
    name: "adaptiveAvgPool2d",
    settings: [`${high}×${wide}`],
    flow: (x) => {
      checkAxes("adaptiveAvgPool2d", x, 4);
      return [sizeAt(x, 0), sizeAt(x, 1), high, wide];
    },
    run: (_, x) => {
      const rows = means(high, x.shape[2]!, x.dtype === "float64");
      const columns = means(wide, x.shape[3]!, x.dtype === "float64");
      return rows.matmul(x.matmul(columns.transpose())) as Tensor;
    },
  });
}

/** `[count, length]`: row i is 1 / (size of window i) inside the window, and 0 outside. */
function means(count: number, length: number, double: boolean): Tensor {
  const data = double ? new Float64Array(count * length) : new Float32Array(count * length);
  for (let i = 0; i < count; i++) {
    const [start, end] = [Math.floor((i * length) / count), Math.ceil(((i + 1) * length) / count)];
    data.fill(1 / (end - start), i * length + start, i * length + end);
  }
  return new Tensor(data, [count, length], double ? "float64" : "float32");
}
