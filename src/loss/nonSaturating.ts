import type { Tensor } from "../tensor/tensor.ts";
import { checkTensor } from "./check/tensor.ts";
import { minimax } from "./minimax.ts";

/**
 * The GAN loss that is used: the generator maximizes the probability of being taken for real, and learns fastest while it is bad.
 *
 * Discriminator: as in `minimax`. Generator: `–E log σ(fake) = E softplus(–fake)`. Scores are logits, of any shape.
 *
 * @example
 * loss.nonSaturating.generator(tensor([0])).item() // 0.693147
 * @see Goodfellow et al. 2014 (arXiv:1406.2661), section 3.
 */
export const nonSaturating = {
  /**
   * `E softplus(–real) + E softplus(fake)`.
   *
   * @example
   * loss.nonSaturating.discriminator(tensor([2]), tensor([-2])).item() // 0.253856
   */
  discriminator: minimax.discriminator,
  /**
   * `E softplus(–fake)`; log 2 when the discriminator cannot tell.
   *
   * @example
   * loss.nonSaturating.generator(tensor([0])).item() // 0.693147
   */
  generator(fake: Tensor): Tensor<readonly []> {
    checkTensor("nonSaturating", fake);
    return fake.neg().softplus().mean();
  },
};
