import type { Window } from "../../tensor/shape/convolution.ts";

type Floats = Float32Array | Float64Array | Int32Array;

/** One image (or one group of its channels): its place in an array and its sizes. */
export interface Image {
  readonly offset: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Patches as columns: row `(c, i, j)` of the result holds, for every output position, the pixel under tap (i, j) of channel c. A convolution
 * is then one matrix product.
 */
export function toColumns(
  data: ArrayLike<number>,
  image: Image,
  window: Window,
  high: number,
  wide: number,
  out: Float64Array,
): void {
  forEachTap(
    image,
    window,
    high,
    wide,
    (p, q, n, stride) => {
      for (let i = 0; i < n; i++, p += stride) out[q + i] = data[p]!;
    },
    out,
  );
}

/** The adjoint: every column entry is added to its pixel. */
export function addColumns(
  columns: Float64Array,
  image: Image,
  window: Window,
  high: number,
  wide: number,
  out: Floats,
): void {
  forEachTap(image, window, high, wide, (p, q, n, stride) => {
    for (let i = 0; i < n; i++, p += stride) out[p]! += columns[q + i]!;
  });
}

/** Visits runs of output positions in one row whose pixels lie inside; outside there are zeros. */
function forEachTap(
  { offset, channels, height, width }: Image,
  { kernel, stride, dilation, padding }: Window,
  high: number,
  wide: number,
  visit: (pixel: number, column: number, n: number, stride: number) => void,
  clear?: Float64Array,
): void {
  clear?.fill(0, 0, channels * kernel[0] * kernel[1] * high * wide);
  let row = 0;
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < kernel[0]; i++)
      for (let j = 0; j < kernel[1]; j++, row++) {
        const left = j * dilation[1] - padding[1];
        const first = Math.max(0, Math.ceil(-left / stride[1]));
        const last = Math.min(wide, Math.floor((width - 1 - left) / stride[1]) + 1);
        if (last <= first) continue;
        for (let y = 0; y < high; y++) {
          const v = y * stride[0] + i * dilation[0] - padding[0];
          if (v < 0 || v >= height) continue;
          const pixel = offset + (c * height + v) * width + first * stride[1] + left;
          visit(pixel, (row * high + y) * wide + first, last - first, stride[1]);
        }
      }
}
