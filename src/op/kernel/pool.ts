import type { TypedArray } from "../../tensor/dtype.ts";
import type { Window } from "../../tensor/shape/convolution.ts";
import type { Shape } from "../../tensor/shape/shape.ts";

/** For every output position the flat index of the largest pixel in its window: the first of equal ones, the first NaN. */
export function findMaxima(data: TypedArray, x: Shape, window: Window, y: Shape): Int32Array {
  const out = new Int32Array(y[0]! * y[1]! * y[2]! * y[3]!);
  const rows = toSpans(window, 0, x[2]!, y[2]!);
  const columns = toSpans(window, 1, x[3]!, y[3]!);
  const [dy, dx] = window.dilation;
  const [high, wide, width] = [y[2]!, y[3]!, x[3]!];
  const planes = x[0]! * x[1]!;
  for (let n = 0, position = 0; n < planes; n++)
    for (let i = 0; i < high; i++) {
      const bottom = rows[2 * i + 1]!;
      for (let j = 0; j < wide; j++, position++) {
        const [left, right] = [columns[2 * j]!, columns[2 * j + 1]!];
        let best = -1;
        let most = Number.NEGATIVE_INFINITY;
        for (let v = rows[2 * i]!; v < bottom; v += dy) {
          const row = (n * x[2]! + v) * width;
          for (let u = left; u < right; u += dx) {
            const pixel = data[row + u]!;

            if (pixel <= most && best >= 0) continue;
            if (best >= 0 && Number.isNaN(most)) continue;
            best = row + u;
            most = pixel;
          }
        }
        out[position] = best;
      }
    }
  return out;
}

/** The mean of each window. */
export function averageWindows(
  data: TypedArray,
  x: Shape,
  window: Window,
  countIncludePad: boolean,
  y: Shape,
  out: TypedArray,
): void {
  forEachWindow(x, window, countIncludePad, y, (position, at, high, wide, share) => {
    let sum = 0;
    for (let v = 0, row = at; v < high; v++, row += x[3]!)
      for (let pixel = row; pixel < row + wide; pixel++) sum += data[pixel]!;
    out[position] = sum * share;
  });
}

/** The adjoint: each window's share is added to its pixels. */
export function spreadWindows(
  data: TypedArray,
  x: Shape,
  window: Window,
  countIncludePad: boolean,
  y: Shape,
  out: TypedArray,
): void {
  forEachWindow(x, window, countIncludePad, y, (position, at, high, wide, share) => {
    const each = data[position]! * share;
    for (let v = 0, row = at; v < high; v++, row += x[3]!)
      for (let pixel = row; pixel < row + wide; pixel++) out[pixel]! += each;
  });
}

/** The part of each window that lies inside the image: where it starts, its height and width, and the share of one pixel in the mean. */
function forEachWindow(
  x: Shape,
  window: Window,
  countIncludePad: boolean,
  y: Shape,
  visit: (position: number, at: number, high: number, wide: number, share: number) => void,
): void {
  const rows = toSpans(window, 0, x[2]!, y[2]!);
  const columns = toSpans(window, 1, x[3]!, y[3]!);
  const whole = window.kernel[0] * window.kernel[1];
  const planes = x[0]! * x[1]!;
  for (let n = 0, position = 0; n < planes; n++)
    for (let i = 0; i < y[2]!; i++) {
      const [top, bottom] = [rows[2 * i]!, rows[2 * i + 1]!];
      for (let j = 0; j < y[3]!; j++, position++) {
        const [left, right] = [columns[2 * j]!, columns[2 * j + 1]!];
        const [high, wide] = [Math.max(0, bottom - top), Math.max(0, right - left)];
        visit(
          position,
          (n * x[2]! + top) * x[3]! + left,
          high,
          wide,
          1 / (countIncludePad ? whole : Math.max(1, high * wide)),
        );
      }
    }
}

/** For each output position on an axis the first tap inside the image, and the end of the taps. */
function toSpans(
  { kernel, stride, dilation, padding }: Window,
  axis: 0 | 1,
  size: number,
  positions: number,
): Int32Array {
  const spans = new Int32Array(2 * positions);
  for (let i = 0; i < positions; i++) {
    const start = i * stride[axis] - padding[axis];
    const step = dilation[axis];
    spans[2 * i] = start >= 0 ? start : start + Math.ceil(-start / step) * step;
    spans[2 * i + 1] = Math.min(size, start + (kernel[axis] - 1) * step + 1);
  }
  return spans;
}
