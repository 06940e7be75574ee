import type { CreateOptions } from "../../tensor/create.ts";
import { random } from "../../tensor/random/random.ts";
import type { Dataset } from "../dataset.ts";
import { findGenerator, type Randomness } from "../randomness.ts";
import { checkAtLeast, checkCount, checkNotNegative } from "./check.ts";
import { drawNormal, scatter } from "./classes.ts";

export interface SpiralsOptions extends Randomness, CreateOptions {
  /** The number of arms: 2 unless given. */
  readonly classes?: number;
  /** How often an arm goes round: 1 unless given. */
  readonly turns?: number;
  /** The standard deviation of the noise in both directions: 0.03 unless given. */
  readonly noise?: number;
}

/**
 * Arms that wind out from the centre to radius 1, one for each class: hard for a shallow net.
 *
 * @example
 * data.spirals(300, { classes: 3, seed: 1 }).features.shape // [300, 2]
 */
export function spirals<const N extends number>(
  count: N,
  options: SpiralsOptions = {},
): Dataset<readonly [N, 2], readonly [N]> {
  const { classes = 2, turns = 1, noise = 0.03, dtype = "float32" } = options;
  checkCount("spirals", count);
  checkAtLeast("spirals", "classes", classes, 1);
  checkNotNegative("spirals", "noise", noise);
  checkNotNegative("spirals", "turns", turns);
  const generator = findGenerator("spirals", options) ?? random(0);
  const about = {
    name: "spirals",
    description: `Made up: ${classes} arms of a spiral.`,
    classNames: Array.from({ length: classes }, (_, i) => String(i)),
  };
  return scatter(count, 2, dtype, generator, about, (row) => {
    const label = row % classes;
    // an arm's rows are spread along it: the i-th of m is at (i + ½) / m
    const arm = Math.ceil((count - label) / classes);
    const radius = (Math.floor(row / classes) + 0.5) / arm;
    const angle = 2 * Math.PI * (turns * radius + label / classes);
    return [
      label,
      radius * Math.cos(angle) + drawNormal(generator, noise),
      radius * Math.sin(angle) + drawNormal(generator, noise),
    ];
  });
}
