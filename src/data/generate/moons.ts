import type { CreateOptions } from "../../tensor/create.ts";
import { random } from "../../tensor/random/random.ts";
import type { Dataset } from "../dataset.ts";
import { findGenerator, type Randomness } from "../randomness.ts";
import { checkCount, checkNotNegative } from "./check.ts";
import { drawNormal, scatter } from "./classes.ts";

export interface MoonsOptions extends Randomness, CreateOptions {
  /** The standard deviation of the noise in both directions: 0.1 unless given (scikit-learn has 0). */
  readonly noise?: number;
}

/**
 * Two half circles that reach into each other: `(cos t, sin t)` and `(1 – cos t, ½ – sin t)` for t from 0 to π. No line separates them.
 * scikit-learn's `make_moons`.
 *
 * @example
 * data.moons(200, { noise: 0.2, seed: 1 }).features.shape // [200, 2]
 */
export function moons<const N extends number>(
  count: N,
  options: MoonsOptions = {},
): Dataset<readonly [N, 2], readonly [N]> {
  const { noise = 0.1, dtype = "float32" } = options;
  checkCount("moons", count);
  checkNotNegative("moons", "noise", noise);
  const generator = findGenerator("moons", options) ?? random(0);
  const upper = Math.floor(count / 2);
  const about = {
    name: "moons",
    description: "Made up: two interleaved half circles.",
    classNames: ["upper", "lower"],
  };
  return scatter(count, 2, dtype, generator, about, (row) => {
    const label = row < upper ? 0 : 1;
    const [at, size] = label === 0 ? [row, upper] : [row - upper, count - upper];
    const t = size > 1 ? (Math.PI * at) / (size - 1) : 0;
    const [x, y] = label === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.5 - Math.sin(t)];
    return [label, x + drawNormal(generator, noise), y + drawNormal(generator, noise)];
  });
}
