import { ShapeError } from "../tensor/shape/shape.ts";

/** A shape as far as it is known before there is data: `NaN` is a size not known, a leading `"…"` is any number of axes. The run-time side of `Flow`. */
export type Sketch = readonly (number | "…")[];

/** Nothing is known. */
export const anything: Sketch = ["…"];

/** `[…, 128]`, `[?, 16, 28, 28]`. */
export function writeSketch(sketch: Sketch): string {
  return `[${sketch.map((n) => (Number.isNaN(n) ? "?" : n)).join(", ")}]`;
}

/** True if there may be more axes than are written. */
export function isOpen(sketch: Sketch): boolean {
  return sketch[0] === "…";
}

/** True unless both are known and differ. */
export function agree(a: number | "…" | undefined, b: number): boolean {
  return a === "…" || Number.isNaN(a) || Number.isNaN(b) || a === b;
}

/** The size of an axis; NaN if it is not known. */
export function sizeAt(sketch: Sketch, axis: number): number {
  const n = isOpen(sketch) && axis >= 0 ? undefined : sketch.at(axis);
  return typeof n === "number" ? n : Number.NaN;
}

export function checkLast(name: string, x: Sketch, n: number): void {
  if (x.length === 0 || !agree(x.at(-1), n))
    throw new ShapeError(`${name}: an input of shape ${writeSketch(x)} where […, ${n}] is needed`);
}

export function withLast(x: Sketch, n: number): Sketch {
  return x.length <= 1 && (isOpen(x) || x.length === 0) ? ["…", n] : [...x.slice(0, -1), n];
}

/** `batchNorm: an input of shape [8, 3] where [?, 16, …] is needed` */
export function checkChannels(name: string, x: Sketch, n: number): void {
  if (!isOpen(x) && (x.length < 2 || !agree(x[1], n)))
    throw new ShapeError(`${name}: an input of shape ${writeSketch(x)} where [?, ${n}, …] is needed`);
}

/** `layerNorm: an input of shape [2, 5] where […, 3, 4] is needed` */
export function checkTrail(name: string, x: Sketch, sizes: readonly number[]): void {
  const fits = sizes.every((n, i) => {
    const at = x.length - sizes.length + i;
    return at < 0 ? isOpen(x) : agree(x[at], n);
  });
  if (!fits)
    throw new ShapeError(`${name}: an input of shape ${writeSketch(x)} where […, ${sizes.join(", ")}] is needed`);
}

/** `conv2d: an input of shape [8, 3] where 4 axes are needed` */
export function checkAxes(name: string, x: Sketch, rank: number): void {
  if (!isOpen(x) && x.length !== rank)
    throw new ShapeError(`${name}: an input of shape ${writeSketch(x)} where ${rank} axes are needed`);
}
