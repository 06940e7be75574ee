/** The four words of a generator: plain data, to save and to resume from. */
export type State = readonly [number, number, number, number];

/**
 * xoshiro128**: 32 random bits a step, period 2¹²⁸ – 1, integers only, so every machine has the same numbers.
 *
 * Blackman and Vigna, Scrambled Linear Pseudorandom Number Generators, ACM TOMS 47 (2021).
 */
export class Bits {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(state: State) {
    [this.#a, this.#b, this.#c, this.#d] = state;
  }

  get state(): State {
    return [this.#a, this.#b, this.#c, this.#d];
  }

  /** A whole number from 0 below 2³². */
  next(): number {
    const times5 = Math.imul(this.#b, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** A multiple of 2⁻⁵³ from 0 below 1. */
  fraction(): number {
    const high = this.next() >>> 5;
    const low = this.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** A whole number from 0 below `n`, all equally likely. */
  below(n: number): number {
    if (n > 4294967296) return Math.floor(this.fraction() * n);
    const limit = 4294967296 - (4294967296 % n);
    let bits = this.next();
    while (bits >= limit) bits = this.next();
    return bits % n;
  }
}

/** Four words from one seed, by SplitMix32, as the authors of xoshiro advise. */
export function toState(seed: number): State {
  let z = (seed ^ Math.imul(Math.floor(seed / 4294967296), 0x85ebca6b)) | 0;
  const word = () => {
    z = (z + 0x9e3779b9) | 0;
    let t = z ^ (z >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return t ^ (t >>> 15);
  };
  return [word(), word(), word(), word()];
}
