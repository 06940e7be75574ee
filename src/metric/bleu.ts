/** A sentence, split at white space, or its words. */
export type Sentence = string | readonly string[];

export interface BleuOptions {
  /** The longest n-grams: 4 unless given. */
  readonly maxOrder?: number;
  /** Adds 1 to hits and totals of n-grams longer than 1 (Lin and Och 2004): `false` unless given. */
  readonly smooth?: boolean;
  /** A weight for each length of n-grams: equal ones unless given. */
  readonly weights?: readonly number[];
}

/**
 * BLEU of a corpus: `min(1, e^(1 – r/c)) · exp Σ wₙ log pₙ` with the clipped precision pₙ of n-grams, counted over all sentences together, c the
 * length of the candidates and r that of the closest references. 0 if one length of n-grams has no hit. Papineni et al. 2002; torchmetrics'
 * `bleu_score`, with the references first.
 *
 * @example
 * metric.bleu([["there is a cat on the mat", "a cat is on the mat"]], ["the cat is on the mat"]) // 0.7598356856515925
 * @throws RangeError `bleu: 2 lists of references do not match 1 candidates.`
 */
export function bleu(
  references: readonly (readonly Sentence[])[],
  candidates: readonly Sentence[],
  options: BleuOptions = {},
): number {
  const { maxOrder = 4, smooth = false } = options;
  check(references, candidates, maxOrder, options.weights);
  const weights = options.weights ?? Array<number>(maxOrder).fill(1 / maxOrder);
  const [hits, totals] = [new Float64Array(maxOrder), new Float64Array(maxOrder)];
  let [length, referenceLength] = [0, 0];
  candidates.forEach((candidate, i) => {
    const words = toWords(candidate);
    const own = references[i]!.map(toWords);
    length += words.length;
    referenceLength += findClosest(words.length, own);
    for (let order = 1; order <= maxOrder; order++) {
      totals[order - 1]! += Math.max(0, words.length - order + 1);
      hits[order - 1]! += countHits(words, own, order);
    }
  });
  if (hits.some((n) => n === 0)) return 0;
  let logarithm = 0;
  for (let i = 0; i < maxOrder; i++) {
    const extra = smooth && i > 0 ? 1 : 0;
    logarithm += weights[i]! * Math.log((hits[i]! + extra) / (totals[i]! + extra));
  }
  const brevity = length > referenceLength ? 1 : Math.exp(1 - referenceLength / length);
  return brevity * Math.exp(logarithm);
}

function check(
  references: readonly (readonly Sentence[])[],
  candidates: readonly Sentence[],
  maxOrder: number,
  weights: readonly number[] | undefined,
): void {
  if (references.length !== candidates.length)
    throw new RangeError(
      `bleu: ${references.length} lists of references do not match ${candidates.length} candidates.`,
    );
  if (candidates.length === 0) throw new RangeError("bleu: 0 candidates where at least 1 is needed.");
  const wrong = references.findIndex((list) => !Array.isArray(list) || list.length === 0);
  if (wrong >= 0)
    throw new RangeError(
      `bleu: candidate ${wrong} has ${JSON.stringify(references[wrong])} where a list of references is needed.`,
    );
  if (!Number.isInteger(maxOrder) || maxOrder < 1)
    throw new RangeError(`bleu: maxOrder must be a whole number from 1, got ${maxOrder}.`);
  if (weights && weights.length !== maxOrder)
    throw new RangeError(`bleu: ${weights.length} weights do not match maxOrder ${maxOrder}.`);
}

function toWords(sentence: Sentence): readonly string[] {
  return typeof sentence === "string" ? sentence.split(/\s+/).filter(Boolean) : sentence;
}

/** The length of the closest reference, the first of two. */
function findClosest(length: number, references: readonly (readonly string[])[]): number {
  let closest = references[0]!.length;
  for (const { length: other } of references)
    if (Math.abs(other - length) < Math.abs(closest - length)) closest = other;
  return closest;
}

/** N-grams of the candidate that a reference has, each at most as often as the reference that has it most often. */
function countHits(words: readonly string[], references: readonly (readonly string[])[], order: number): number {
  const others = references.map((reference) => countGrams(reference, order));
  let hits = 0;
  for (const [gram, n] of countGrams(words, order))
    hits += Math.min(n, Math.max(...others.map((other) => other.get(gram) ?? 0)));
  return hits;
}

function countGrams(words: readonly string[], order: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + order <= words.length; i++) {
    const gram = JSON.stringify(words.slice(i, i + order));
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}
