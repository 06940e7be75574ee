/** An option that is one of some words: `mse: reduction "avg" is none of "mean", "sum", "none".` */
export function checkChoice(name: string, option: string, value: unknown, choices: readonly string[]): void {
  if (!choices.includes(value as string))
    throw new TypeError(
      `${name}: ${option} ${JSON.stringify(value)} is none of ${choices.map((choice) => `"${choice}"`).join(", ")}.`,
    );
}

/** `huber: delta -1 is not above 0.` */
export function checkAbove(name: string, option: string, value: number, bound: number): void {
  if (!(value > bound)) throw new RangeError(`${name}: ${option} ${value} is not above ${bound}.`);
}

/** `triplet: margin -1 is not 0 or above.` */
export function checkFrom(name: string, option: string, value: number, bound: number): void {
  if (!(value >= bound)) throw new RangeError(`${name}: ${option} ${value} is not ${bound} or above.`);
}

/** `quantile: quantile 1.5 is not between 0 and 1.` */
export function checkBetween(name: string, option: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high))
    throw new RangeError(`${name}: ${option} ${value} is not between ${low} and ${high}.`);
}
