import type { Tensor } from "../tensor/tensor.ts";
import { checkTensor } from "./check/tensor.ts";

/**
 * The game of the first GAN paper: the discriminator tells real from generated, the generator makes it fail. Scores are logits, of any shape.
 *
 * Discriminator: `E softplus(–real) + E softplus(fake)`, that is `–E log σ(real) – E log(1 – σ(fake))`. Generator: `E log(1 – σ(fake)) = –E softplus(fake)`.
 *
 * @example
 * loss.minimax.discriminator(tensor([0]), tensor([0])).item() // 1.386294
 * loss.minimax.generator(tensor([0])).item() // -0.693147
 * @see Goodfellow et al. 2014 (arXiv:1406.2661), eq. 1. The generator's gradient vanishes while it is bad: that is why `nonSaturating` exists.
 */
export const minimax = {
  /**
   * `E softplus(–real) + E softplus(fake)`; 2 log 2 when it cannot tell.
   *
   * @example
   * loss.minimax.discriminator(tensor([0]), tensor([0])).item() // 1.386294
   */
  discriminator(real: Tensor, fake: Tensor): Tensor<readonly []> {
    checkTensor("minimax", real);
    checkTensor("minimax", fake);
    return real.neg().softplus().mean().add(fake.softplus().mean());
  },
  /**
   * `–E softplus(fake)`, below 0.
   *
   * @example
   * loss.minimax.generator(tensor([0])).item() // -0.693147
   */
  generator(fake: Tensor): Tensor<readonly []> {
    checkTensor("minimax", fake);
    return fake.softplus().mean().neg();
  },
};
