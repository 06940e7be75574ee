import { ShapeError } from "../tensor/shape/shape.ts";
import { checkAxes, isOpen, type Sketch, sizeAt, writeSketch } from "./sketch.ts";

/** What a window does to each spatial axis. */
export interface Windows {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[] | "same";
  readonly dilation: readonly number[];
  /** A last window may hang over the end, if it begins inside. */
  readonly ceil?: boolean;
}

/** `[N, C, …]` to `[N, channels, …]`, where `⌊(L + 2·padding – dilation·(kernel – 1) – 1) / stride⌋ + 1` comes out of each spatial axis. */
export function slide(name: string, x: Sketch, channels: number | undefined, windows: Windows): Sketch {
  const { kernel, stride, padding, dilation, ceil = false } = windows;
  checkAxes(name, x, kernel.length + 2);
  const spatial = kernel.map((k, i) => {
    const length = isOpen(x) ? Number.NaN : sizeAt(x, i + 2);
    if (padding === "same") return length;
    const free = length + 2 * padding[i]! - dilation[i]! * (k - 1) - 1;
    if (free < 0) throw new ShapeError(`${name}: a window does not fit into shape ${writeSketch(x)}`);
    if (!ceil) return Math.floor(free / stride[i]!) + 1;
    const count = Math.ceil(free / stride[i]!) + 1;
    return (count - 1) * stride[i]! >= length + padding[i]! ? count - 1 : count;
  });
  return [sizeAt(x, 0), channels ?? sizeAt(x, 1), ...spatial];
}

/** A number for each axis, or one for all. */
export function spread(value: number | readonly number[], axes: number): readonly number[] {
  return typeof value === "number" ? Array.from({ length: axes }, () => value) : value;
}
