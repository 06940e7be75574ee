import type { Resumable } from "./fitted.ts";

/** What to go on from, checked: it may have been read from a file. */
export function toResumable(given: unknown, seed: number | undefined, epochs: number): Resumable {
  const resume = given as Partial<Resumable> | null;
  const needed = ["params", "state", "optimizerState", "history", "position"] as const;
  const found = typeof resume === "object" && resume !== null ? Object.keys(resume) : [];
  const lacking = needed.find((name) => !found.includes(name));
  if (lacking !== undefined)
    throw new TypeError(
      `fit: resume has ${found.join(", ") || "nothing"} where ${needed.join(", ")} are needed: what fit returned.`,
    );
  const { position } = resume as Resumable;
  if (seed !== undefined && seed !== position.seed)
    throw new RangeError(`fit: a seed of ${seed} beside a resume of seed ${position.seed} – leave one of them out.`);
  if (epochs <= position.epoch)
    throw new RangeError(
      `fit: epochs is ${epochs} where more than the ${position.epoch} of resume are needed: it counts from the very beginning.`,
    );
  return resume as Resumable;
}
