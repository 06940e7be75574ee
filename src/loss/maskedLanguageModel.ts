import { where } from "../op/function/where.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkClasses } from "./check/classes.ts";
import type { Match } from "./check/match.ts";
import { checkFrom } from "./check/option.ts";
import { checkRest, checkVectors, type Rest, type Vectors } from "./check/rows.ts";
import { pick } from "./labelled.ts";
import { checkReducing, type Reduced, type Reducible, type Reduction, reduce } from "./reduce.ts";

export interface MaskedLanguageModelOptions<R extends Reduction = Reduction> extends Reducible<R> {
  /** Added to the number of chosen tokens, so that a batch without any costs 0: 1e-5 unless given. */
  readonly eps?: number;
}

/**
 * The cross-entropy of the tokens that were hidden from the model; all others count for nothing, whatever their labels.
 *
 * `l = –m log softmax(x)_y`, the mean `Σ l / (Σ m + eps)`.
 *
 * Shapes: logits `[N, T, V]` with labels and mask `[N, T]`; the mask is true (or 1) where a token is to be guessed. `eps` is 1e-5 unless given.
 *
 * @example
 * loss.maskedLanguageModel(tensor([[[2, 0], [0, 2]]]), tensor([[0, 0]]), tensor([[true, false]])).item() // 0.126927
 * @throws ShapeError `maskedLanguageModel: targets of shape [2, 5] where [2, 4] is needed`
 * @throws RangeError `maskedLanguageModel: label 7 is out of range for 3 classes (at index [0, 2]).`
 * @see Devlin et al. 2018 (BERT, arXiv:1810.04805), `run_pretraining.py`. Hugging Face marks the other tokens by the label -100 and divides by the number alone.
 */
export function maskedLanguageModel<Z extends Tensor, T extends Tensor, M extends Tensor, R extends Reduction = "mean">(
  logits: Z & Vectors<"maskedLanguageModel: logits", Z["shape"]>,
  target: T & Match<"maskedLanguageModel: targets", T["shape"], Rest<Z["shape"]>>,
  mask: M & Match<"maskedLanguageModel: a mask", M["shape"], Rest<Z["shape"]>>,
  options?: MaskedLanguageModelOptions<R>,
): Tensor<Reduced<Rest<Z["shape"]>, R>>;
export function maskedLanguageModel(
  logits: Tensor,
  target: Tensor,
  mask: Tensor,
  options: MaskedLanguageModelOptions = {},
): Tensor {
  const { eps = 1e-5, reduction = "mean" } = options;
  checkVectors("maskedLanguageModel: logits", logits);
  checkRest("maskedLanguageModel: targets", target, logits);
  checkRest("maskedLanguageModel: a mask", mask, logits);
  checkReducing("maskedLanguageModel", target.shape, options);
  checkFrom("maskedLanguageModel", "eps", eps, 0);
  const labels = where(mask, target, 0);
  checkClasses("maskedLanguageModel", labels, logits.shape.at(-1)!);
  const chosen = mask.to(logits.dtype);
  const elements = pick(logits.logSoftmax(), labels, logits.rank - 1)
    .neg()
    .mul(chosen);
  return reduction === "mean" ? elements.sum().div(chosen.sum().add(eps)) : reduce(elements, { reduction });
}
