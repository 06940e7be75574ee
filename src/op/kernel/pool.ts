import type { TypedArray } from "../../tensor/dtype.ts";
import type { Window } from "../../tensor/shape/convolution.ts";
import type { Shape } from "../../tensor/shape/shape.ts";

/** For every output position the flat index of the largest pixel in its window: the first of equal ones, the first NaN. */
export function findMaxima(data: TypedArray, x: Shape, window: Window, y: Shape): Int32Array {
  const out = new Int32Array(y[0]! * y[1]! * y[2]! * y[3]!);
  forEachWindow(x, window, y, (position, plane, top, left, bottom, right) => {
    const [dy, dx] = window.dilation;
    let best = -1;
    for (let v = top; v < bottom; v += dy)
      for (let u = left; u < right; u += dx) {
        const at = plane + v * x[3]! + u;
        if (best < 0 || data[at]! > data[best]! || (Number.isNaN(data[at]!) && !Number.isNaN(data[best]!))) best = at;
      }
    out[position] = best;
  });
  return out;
}

/** The part of each window that lies inside the image. */
export function forEachWindow(
  x: Shape,
  { kernel, stride, dilation, padding }: Window,
  y: Shape,
  visit: (position: number, plane: number, top: number, left: number, bottom: number, right: number) => void,
): void {
  const [height, width] = [x[2]!, x[3]!];
  const [high, wide] = [y[2]!, y[3]!];
  const planes = x[0]! * x[1]!;
  for (let plane = 0, position = 0; plane < planes; plane++)
    for (let i = 0; i < high; i++)
      for (let j = 0; j < wide; j++, position++) {
        const v = i * stride[0] - padding[0];
        const u = j * stride[1] - padding[1];
        const bottom = Math.min(height, v + (kernel[0] - 1) * dilation[0] + 1);
        const right = Math.min(width, u + (kernel[1] - 1) * dilation[1] + 1);
        visit(position, plane * height * width, inside(v, dilation[0]), inside(u, dilation[1]), bottom, right);
      }
}

/** The first tap that is not before the edge. */
function inside(start: number, step: number): number {
  return start >= 0 ? start : start + Math.ceil(-start / step) * step;
}
