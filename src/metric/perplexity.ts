import { describe } from "../tensor/describe.ts";
import { ShapeError, writeShape } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

export interface PerplexityOptions {
  /** Tokens with this label do not count: -100 unless given, as in PyTorch. */
  readonly ignoreIndex?: number;
}

/**
 * How many words a language model hesitates between: `exp(mean of –log p)` of the right tokens, from logits `[…, C]` and labels `[…]`. Uniform
 * logits give C. NaN if every token is ignored. torchmetrics' `Perplexity`, with the labels first.
 *
 * @example
 * metric.perplexity(tensor([1, 4]), tensor.zeros([2, 5])) // 5
 * @throws ShapeError `perplexity: logits of shape [2, 3, 5] need labels of shape [2, 3], got [2].`
 */
export function perplexity(yTrue: Tensor, logits: Tensor, { ignoreIndex = -100 }: PerplexityOptions = {}): number {
  for (const each of [yTrue, logits])
    if (!(each instanceof Tensor)) throw new TypeError(`perplexity: ${describe(each)} where a tensor is needed.`);
  const classes = logits.shape.at(-1) ?? 0;
  const want = logits.shape.slice(0, -1);
  if (want.length !== yTrue.shape.length || want.some((n, i) => n !== yTrue.shape[i]) || logits.shape.length === 0)
    throw new ShapeError(
      `perplexity: logits of shape ${writeShape(logits.shape)} need labels of shape ${writeShape(want)}, got ${writeShape(yTrue.shape)}.`,
    );
  const { data } = logits;
  let [total, tokens] = [0, 0];
  yTrue.data.forEach((label, row) => {
    if (label === ignoreIndex) return;
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new RangeError(`perplexity: label ${label} at ${row} is not below ${classes} classes.`);
    const own = data.subarray(row * classes, (row + 1) * classes);
    let highest = Number.NEGATIVE_INFINITY;
    for (const z of own) highest = Math.max(highest, z);
    let sum = 0;
    for (const z of own) sum += Math.exp(z - highest);
    total += highest + Math.log(sum) - own[label]!;
    tokens++;
  });
  return Math.exp(total / tokens);
}
