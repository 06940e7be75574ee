import type { Agree } from "../tensor/shape/join.ts";
import { type Ranked, type Shape, ShapeError, type Wrong } from "../tensor/shape/shape.ts";
import type { Tree } from "../tensor/tree.ts";
import { checkLayers } from "./check.ts";
import type { Flow, Gives, Input, Takes, WriteOpen } from "./flow.ts";
import { type FlowOf, type Layer, layer, type ParamsOf, type StateOf } from "./layer.ts";
import { agree, isOpen, type Sketch, writeSketch } from "./sketch.ts";

export interface ResidualFlow<L extends Layer> extends Flow {
  readonly out: Input<this>;
  readonly wrong: unknown extends Takes<FlowOf<L>, Input<this>>
    ? Unchanged<Input<this>, Gives<FlowOf<L>, Input<this>>>
    : Takes<FlowOf<L>, Input<this>>;
}

type Unchanged<X extends Shape, Y extends Shape> =
  Ranked<X> extends false
    ? unknown
    : Ranked<Y> extends false
      ? unknown
      : Agree<X, Y> extends true
        ? unknown
        : Wrong<`residual: a branch from [${WriteOpen<X>}] to [${WriteOpen<Y>}] – the shapes differ`>;

/**
 * `x + branch(x)`. Parameters and state are those of the branch; several layers are a `sequential`.
 *
 * @example
 * const layer = nn.residual(nn.sequential(nn.linear(64, 64), nn.relu()));
 * layer.apply(layer.init(random(0)), zeros([8, 64])).shape // [8, 64]
 * @throws ShapeError `residual: a branch from [8, 64] to [8, 32] – the shapes differ`
 * @see He et al., Deep Residual Learning (2016)
 */
export function residual<L extends Layer>(branch: L): Layer<ResidualFlow<L>, ParamsOf<L>, StateOf<L>> {
  checkLayers("residual", [branch]);
  return layer<ResidualFlow<L>, Tree, Tree>({
    name: "residual",
    parts: [branch],
    init: (generator, options) => branch.init(generator, options),
    initState: (options) => branch.initState(options),
    flow: (x) => {
      checkUnchanged(x, branch.flow(x));
      return x;
    },
    run: (params, x, { training, state, generator }) => {
      if (!training) return x.add(branch.apply(params, x, state as never));
      const [y, next] = branch.train(params, x, {
        ...(state !== undefined && { state }),
        ...(generator !== undefined && { generator }),
      } as never);
      return [x.add(y), next];
    },
  }) as never;
}

function checkUnchanged(x: Sketch, y: Sketch): void {
  if (isOpen(x) || isOpen(y)) return;
  if (x.length !== y.length || x.some((n, axis) => !agree(n, y[axis] as number)))
    throw new ShapeError(`residual: a branch from ${writeSketch(x)} to ${writeSketch(y)} – the shapes differ`);
}
