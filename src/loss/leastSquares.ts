import type { Tensor } from "../tensor/tensor.ts";
import { checkTensor } from "./check/tensor.ts";

/**
 * A GAN with squares instead of logarithms: generated samples far on the right side still have a gradient.
 *
 * Discriminator: `½ E (real – 1)² + ½ E fake²`. Generator: `½ E (fake – 1)²`. Scores are plain numbers, of any shape: no sigmoid.
 *
 * @example
 * loss.leastSquares.discriminator(tensor([1]), tensor([1])).item() // 0.5
 * loss.leastSquares.generator(tensor([0])).item() // 0.5
 * @see Mao et al. 2017 (arXiv:1611.04076), eq. 9.
 */
export const leastSquares = {
  /**
   * `½ E (real – 1)² + ½ E fake²`.
   *
   * @example
   * loss.leastSquares.discriminator(tensor([1]), tensor([1])).item() // 0.5
   */
  discriminator(real: Tensor, fake: Tensor): Tensor<readonly []> {
    checkTensor("leastSquares", real);
    checkTensor("leastSquares", fake);
    return real.sub(1).square().mean().add(fake.square().mean()).mul(0.5);
  },
  /**
   * `½ E (fake – 1)²`.
   *
   * @example
   * loss.leastSquares.generator(tensor([0])).item() // 0.5
   */
  generator(fake: Tensor): Tensor<readonly []> {
    checkTensor("leastSquares", fake);
    return fake.sub(1).square().mean().mul(0.5);
  },
};
