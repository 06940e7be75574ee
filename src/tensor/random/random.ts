import { type CreateOptions, checkShape } from "../create.ts";
import { describe } from "../describe.ts";
import { type DType, type TypedArray, toArray } from "../dtype.ts";
import { type Shape, ShapeError, sizeOf, writeShape } from "../shape/shape.ts";
import { stage } from "../stage.ts";
import { Tensor } from "../tensor.ts";
import { Bits, type State, toState } from "./bits.ts";
import { probabilityBelow, quantile } from "./quantile.ts";

/**
 * A generator of random numbers: the same seed gives the same numbers on every machine. Give it to whatever draws.
 *
 * @example
 * const generator = random(42);
 * generator.normal([2, 3]).shape // [2, 3]
 */
export function random(seed: number | State): Generator {
  if (typeof seed === "number" && !Number.isInteger(seed))
    throw new RangeError(`random: a seed of ${seed} where a whole number is needed.`);
  if (typeof seed !== "number" && !isState(seed))
    throw new TypeError(`random: ${describe(seed)} where a seed, or the four whole numbers of a state, is needed.`);
  return new Generator(typeof seed === "number" ? toState(seed) : seed);
}

export interface UniformOptions extends CreateOptions {
  /** 0 unless given; included. */
  readonly low?: number;
  /** 1 unless given; not included. */
  readonly high?: number;
}

export interface NormalOptions extends CreateOptions {
  /** 0 unless given. */
  readonly mean?: number;
  /** 1 unless given. */
  readonly std?: number;
}

export interface TruncatedOptions extends NormalOptions {
  /** Bounds in standard deviations from the mean: –2 and 2 unless given. */
  readonly low?: number;
  readonly high?: number;
}

/** Draws tensors; its state moves on with every draw. Make one with `random(seed)`. */
export class Generator {
  readonly #bits: Bits;

  constructor(state: State) {
    this.#bits = new Bits(state);
    stage.current?.made(this);
  }

  /**
   * Where the generator stands: `random(generator.state)` goes on from there.
   *
   * @example
   * const generator = random(42);
   * generator.normal([5]);
   * const again = random(generator.state);
   * again.next() === generator.next() // true
   */
  get state(): State {
    stage.current?.read(this, "state");
    return this.#bits.state;
  }

  /**
   * What makes it again where it stands: `random([1, 2, 3, 4])`.
   *
   * @example
   * random([1, 2, 3, 4]).toString() // "random([1, 2, 3, 4])"
   */
  toString(): string {
    return `random([${this.#bits.state.join(", ")}])`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /**
   * Another generator whose numbers have nothing to do with this one's.
   *
   * @example
   * const generator = random(42);
   * const other = generator.split();
   * other.next() === generator.next() // false
   */
  split(): Generator {
    const later = stage.current?.split(this);
    if (later !== undefined) return later;
    return new Generator([this.#bits.next(), this.#bits.next(), this.#bits.next(), this.#bits.next()]);
  }

  /**
   * One number from 0 below 1.
   *
   * @example
   * random(42).next() === random(42).next() // true
   */
  next(): number {
    stage.current?.read(this, "next()");
    return this.#bits.fraction();
  }

  /**
   * Equally likely between `low` and `high`.
   *
   * @example
   * random(42).uniform([2, 3], { low: -1, high: 1 }).shape // [2, 3]
   */
  uniform<const S extends Shape>(shape: S, { low = 0, high = 1, dtype }: UniformOptions = {}): Tensor<S> {
    if (!(low <= high)) throw new RangeError(`uniform: the lower bound ${low} is above the upper bound ${high}.`);
    return this.#fill(shape, dtype, (bits) => low + (high - low) * bits.fraction());
  }

  /**
   * Normally distributed: one uniform number through the quantile.
   *
   * @example
   * random(42).normal([2, 3], { mean: 5, std: 0.1 }).shape // [2, 3]
   */
  normal<const S extends Shape>(shape: S, { mean = 0, std = 1, dtype }: NormalOptions = {}): Tensor<S> {
    checkDeviation("normal", std);
    return this.#fill(shape, dtype, (bits) => mean + std * quantile(open(bits)));
  }

  /**
   * Uniform from 0 below 1, under PyTorch's name.
   *
   * @example
   * random(42).rand([2, 3]).shape // [2, 3]
   */
  rand<const S extends Shape>(shape: S, options: CreateOptions = {}): Tensor<S> {
    return this.uniform(shape, options);
  }

  /**
   * Normal with mean 0 and deviation 1, under PyTorch's name.
   *
   * @example
   * random(42).randn([2, 3]).shape // [2, 3]
   */
  randn<const S extends Shape>(shape: S, options: CreateOptions = {}): Tensor<S> {
    return this.normal(shape, options);
  }

  /**
   * Normal, but only between `low` and `high` standard deviations from the mean. The deviation of what is left is smaller: 0.88 for ±2.
   *
   * @example
   * random(42).truncatedNormal([1000]).abs().max().lessEqual(2).item() // 1
   */
  truncatedNormal<const S extends Shape>(
    shape: S,
    { mean = 0, std = 1, low = -2, high = 2, dtype }: TruncatedOptions = {},
  ): Tensor<S> {
    checkDeviation("truncatedNormal", std);
    if (!(low < high))
      throw new RangeError(`truncatedNormal: the lower bound ${low} is not below the upper bound ${high}.`);
    // far above the mean probabilities crowd at 1: draw below it and turn the sign
    const turn = low > 0 ? -1 : 1;
    const [from, to] = turn < 0 ? [-high, -low] : [low, high];
    const [first, last] = [probabilityBelow(from), probabilityBelow(to)];
    const inside = (x: number) => Math.min(to, Math.max(from, x));
    return this.#fill(
      shape,
      dtype,
      (bits) => mean + std * turn * inside(quantile(first + (last - first) * open(bits))),
    );
  }

  /**
   * Whole numbers from `low` below `high`, int32.
   *
   * @example
   * random(42).integers(0, 10, [1000]).max().item() // 9
   */
  integers<const S extends Shape>(low: number, high: number, shape: S): Tensor<S> {
    if (!Number.isInteger(low) || !Number.isInteger(high))
      throw new RangeError(`integers: bounds ${low} and ${high} where whole numbers are needed.`);
    if (!(low < high)) throw new RangeError(`integers: the lower bound ${low} is not below the upper bound ${high}.`);
    return this.#fill(shape, "int32", (bits) => low + bits.below(high - low));
  }

  /**
   * One with probability `p`, else zero: a dropout mask.
   *
   * @example
   * random(42).bernoulli(1, [3]).toArray() // [1, 1, 1]
   */
  bernoulli<const S extends Shape>(p: number, shape: S, { dtype }: CreateOptions = {}): Tensor<S> {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`bernoulli: a probability of ${p} where 0 to 1 is needed.`);
    return this.#fill(shape, dtype, (bits) => (bits.fraction() < p ? 1 : 0));
  }

  /**
   * The numbers from 0 below `n` in random order, int32 (Fisher and Yates).
   *
   * @example
   * random(42).permutation(4).sort().toArray() // [0, 1, 2, 3]
   */
  permutation<const N extends number>(n: N): Tensor<readonly [N]> {
    checkShape("permutation", [n]);
    return this.#make([n] as const, "int32", (bits) => {
      const data = Int32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = bits.below(i + 1);
        [data[i], data[j]] = [data[j]!, data[i]!];
      }
      return data;
    });
  }

  /**
   * Class numbers (int32) drawn with the probabilities in the last axis, which need not sum to 1: `[4, 3]` gives `[4]`. For logits, give `logits.softmax()`.
   *
   * @example
   * random(42).categorical(tensor([[0, 1, 0], [0, 0, 1]])).toArray() // [1, 2]
   * @throws RangeError for a negative probability or a row of zeros
   */
  categorical<S extends Shape>(
    probabilities: Tensor<S>,
  ): Tensor<S extends readonly [...infer R extends Shape, number] ? R : Shape> {
    const classes = probabilities.shape.at(-1);
    if (classes === undefined)
      throw new ShapeError(
        `categorical: probabilities of shape ${writeShape(probabilities.shape)} where at least 1 axis is needed`,
      );
    const { data } = probabilities;
    const shape = probabilities.shape.slice(0, -1);
    const drawn = this.#fill(shape, "int32", (bits, row) => {
      const start = row * classes;
      let total = 0;
      for (let i = 0; i < classes; i++) {
        const p = data[start + i]!;
        if (!(p >= 0))
          throw new RangeError(`categorical: a probability of ${p} in row ${row} where at least 0 is needed.`);
        total += p;
      }
      if (!(total > 0 && total < Number.POSITIVE_INFINITY))
        throw new RangeError(`categorical: row ${row} sums to ${total} where a positive number is needed.`);
      const mark = bits.fraction() * total;
      let [sum, last] = [0, 0];
      for (let i = 0; i < classes; i++) {
        if (data[start + i] === 0) continue;
        sum += data[start + i]!;
        last = i;
        if (mark < sum) break;
      }
      return last;
    });
    return drawn as never;
  }

  #fill<const S extends Shape>(shape: S, dtype: DType | undefined, draw: (bits: Bits, i: number) => number): Tensor<S> {
    checkShape("random", shape);
    return this.#make(shape, dtype ?? "float32", (bits) => {
      const data = toArray(dtype ?? "float32", sizeOf(shape));
      for (let i = 0; i < data.length; i++) data[i] = draw(bits, i);
      return data;
    });
  }

  /** Now, or before each run of a function that is compiled. */
  #make<S extends Shape>(shape: S, dtype: DType, draw: (bits: Bits) => TypedArray): Tensor<S> {
    const make = (generator: Generator) => new Tensor(draw(generator.#bits), shape, dtype);
    return (stage.current?.draw(this, { shape, dtype }, make) as Tensor<S> | undefined) ?? make(this);
  }
}

function isState(seed: unknown): boolean {
  return Array.isArray(seed) && seed.length === 4 && seed.every(Number.isInteger);
}

function checkDeviation(name: string, std: number): void {
  if (!(std >= 0)) throw new RangeError(`${name}: a deviation of ${std} where at least 0 is needed.`);
}

/** Strictly between 0 and 1. */
function open(bits: Bits): number {
  return bits.fraction() || 2 ** -54;
}
