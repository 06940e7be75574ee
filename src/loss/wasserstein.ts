import type { Tensor } from "../tensor/tensor.ts";
import { checkTensor } from "./check/tensor.ts";

/**
 * The GAN whose critic measures a distance: how far the generated samples have to be moved to be the real ones.
 *
 * Discriminator, here called critic: `E fake – E real`. Generator: `–E fake`. Scores are plain numbers, of any shape; the critic has to be kept from growing steep, by
 * `gradientPenalty`.
 *
 * @example
 * loss.wasserstein.discriminator(tensor([1, 2]), tensor([0, 1])).item() // -1
 * loss.wasserstein.generator(tensor([0, 1])).item() // -0.5
 * @see Arjovsky et al. 2017 (arXiv:1701.07875). Minus the critic's loss is the distance.
 */
export const wasserstein = {
  /**
   * `E fake – E real`.
   *
   * @example
   * loss.wasserstein.discriminator(tensor([3]), tensor([1])).item() // -2
   */
  discriminator(real: Tensor, fake: Tensor): Tensor<readonly []> {
    checkTensor("wasserstein", real);
    checkTensor("wasserstein", fake);
    return fake.mean().sub(real.mean());
  },
  /**
   * `–E fake`.
   *
   * @example
   * loss.wasserstein.generator(tensor([1])).item() // -1
   */
  generator(fake: Tensor): Tensor<readonly []> {
    checkTensor("wasserstein", fake);
    return fake.mean().neg();
  },
};
