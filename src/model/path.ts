import type { Size } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** One coefficient at one penalty: a row for a chart. */
export interface PathRecord {
  readonly alpha: number;
  readonly feature: string;
  readonly coefficient: number;
}

/** Coefficients for many penalties; made by `ridgePath` and `lassoPath`. All numbers are float64. */
export class Path<out F extends Size = Size> {
  readonly name: string;
  /** The penalties, `[A]`. */
  readonly alphas: Tensor<readonly [number]>;
  /** A row of coefficients for each of them, `[A, F]`. */
  readonly coefficients: Tensor<readonly [number, F]>;
  /** An intercept for each of them, `[A]`. */
  readonly intercept: Tensor<readonly [number]>;

  constructor(
    name: string,
    alphas: ArrayLike<number>,
    coefficients: readonly Float64Array[],
    intercepts: ArrayLike<number>,
  ) {
    const width = (coefficients[0]?.length ?? 0) as F;
    const data = Float64Array.from(coefficients.flatMap((row) => [...row]));
    this.name = name;
    this.alphas = new Tensor(Float64Array.from(alphas), [alphas.length] as const, "float64");
    this.coefficients = new Tensor(data, [alphas.length, width] as const, "float64");
    this.intercept = new Tensor(Float64Array.from(intercepts), [alphas.length] as const, "float64");
  }

  /** A record for each penalty and feature, for a chart: `path.records(set.featureNames)`. */
  records(featureNames: readonly string[] = []): PathRecord[] {
    const width = this.coefficients.shape[1];
    return Array.from(this.coefficients.data, (coefficient, at) => ({
      alpha: this.alphas.data[Math.floor(at / width)]!,
      feature: featureNames[at % width] ?? `x${at % width}`,
      coefficient,
    }));
  }

  /** `lassoPath: 100 alphas from 1.2 to 0.0012, 4 coefficients`. */
  toString(): string {
    const [first, last] = [this.alphas.data[0]!, this.alphas.data.at(-1)!];
    const write = (n: number) => String(Number(n.toPrecision(4)));
    return `${this.name}: ${this.alphas.size} alphas from ${write(first)} to ${write(last)}, ${this.coefficients.shape[1]} coefficients`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
