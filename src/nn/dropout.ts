import { checkFraction } from "./check.ts";
import type { SameFlow } from "./flow.ts";
import { type Layer, layer, type None } from "./layer.ts";

/**
 * In training each element is 0 with probability `p` (0.5 unless given) and otherwise `x / (1 – p)`, so that the expectation is `x`; at evaluation `x`.
 *
 * @example
 * nn.dropout(0.5).apply({}, ones([3])).toArray() // [1, 1, 1]
 * nn.dropout(0.5).train({}, ones([3]), { generator: random(0) })[0].toArray() // [2, 0, 2]
 * @throws TypeError `dropout: training draws random numbers: train(params, x, { generator: random(0) }).`
 * @see Srivastava et al., Dropout (2014)
 */
export function dropout(p = 0.5): Layer<SameFlow, None, None> {
  checkFraction("dropout", "p", p);
  return layer<SameFlow>({
    name: "dropout",
    settings: [p],
    flow: (x) => x,
    run: (_, x, { training, generator }) => {
      if (!training || p === 0) return x;
      if (generator === undefined)
        throw new TypeError("dropout: training draws random numbers: train(params, x, { generator: random(0) }).");
      return x.mul(generator.bernoulli(1 - p, x.shape, { dtype: x.dtype }).div(1 - p));
    },
  });
}
