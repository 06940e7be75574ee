import { where } from "../op/function/where.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkSizes } from "./check.ts";
import type { ChannelsAre, Flow, Input } from "./flow.ts";
import { constant } from "./initializer.ts";
import { type Layer, layer, type None } from "./layer.ts";
import { checkChannels } from "./sketch.ts";

export interface PreluFlow<C extends number> extends Flow {
  readonly out: Input<this>;
  readonly wrong: [C] extends [1] ? unknown : ChannelsAre<"prelu", Input<this>, C>;
}

/**
 * `max(x, 0) + weight · min(x, 0)` with a slope that is learned, one for all (1, unless given) or one per channel (axis 1). It starts at 0.25.
 *
 * @example
 * const layer = nn.prelu();
 * layer.apply(layer.init(random(0)), tensor([-2, 0, 2])).toArray() // [-0.5, 0, 2]
 * @see He et al., Delving Deep into Rectifiers (2015)
 */
export function prelu<const C extends number = 1>(
  channels?: C,
  { start = 0.25 }: { readonly start?: number } = {},
): Layer<PreluFlow<C>, { readonly weight: Tensor<readonly [C]> }, None> {
  const count = channels ?? 1;
  checkSizes("prelu", { channels: count });
  return layer({
    name: "prelu",
    settings: [count],
    parameters: { weight: { shape: [count], initializer: constant(start) } },
    flow: (x) => {
      if (count !== 1) checkChannels("prelu", x, count);
      return x;
    },
    run: ({ weight }, x) => {
      const slope: Tensor =
        count === 1 ? weight : (weight as Tensor).reshape([count, ...x.shape.slice(2).map(() => 1)]);
      return where(x.greater(0), x, x.mul(slope));
    },
  });
}
