import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { leavesOf, type Tree } from "../tensor/tree.ts";
import { checkLayers } from "./check.ts";
import type { Flow, Gives, Input, Takes } from "./flow.ts";
import { type FlowOf, type Layer, layer, type None, type ParamsOf, type Pass, type StateOf } from "./layer.ts";
import { anything, type Sketch } from "./sketch.ts";

type Layers = readonly Layer[];

/** The shape after all layers. */
type Through<L extends Layers, X extends Shape> = L extends readonly [infer H extends Layer, ...infer R extends Layers]
  ? Through<R, Gives<FlowOf<H>, X>>
  : L extends readonly []
    ? X
    : Shape;

/** The sentence of the first layer that does not take its input. */
type FirstWrong<L extends Layers, X extends Shape> = L extends readonly [
  infer H extends Layer,
  ...infer R extends Layers,
]
  ? unknown extends Takes<FlowOf<H>, X>
    ? FirstWrong<R, Gives<FlowOf<H>, X>>
    : Takes<FlowOf<H>, X>
  : unknown;

export interface SequentialFlow<L extends Layers> extends Flow {
  readonly out: Through<L, Input<this>>;
  readonly wrong: FirstWrong<L, Input<this>>;
}

/** For each layer `unknown`, or the sentence if it does not take what the ones before give. */
type Composing<L extends Layers, X extends Shape = Shape> = L extends readonly [
  infer H extends Layer,
  ...infer R extends Layers,
]
  ? readonly [Takes<FlowOf<H>, X>, ...Composing<R, Gives<FlowOf<H>, X>>]
  : L extends readonly []
    ? readonly []
    : readonly unknown[];

type ParamsOfAll<L extends Layers> = { readonly [K in keyof L]: ParamsOf<L[K]> };
/** No state if no layer has one; a list of them otherwise; anything if the layers are not known one by one. */
type StateOfAll<L extends Layers> = number extends L["length"]
  ? [keyof StateOf<L[number]>] extends [never]
    ? None
    : Tree
  : AllNone<L> extends true
    ? None
    : { readonly [K in keyof L]: StateOf<L[K]> };
type AllNone<L extends Layers> = L extends readonly [infer H extends Layer, ...infer R extends Layers]
  ? [keyof StateOf<H>] extends [never]
    ? AllNone<R>
    : false
  : L extends readonly []
    ? true
    : false;

/**
 * Layers one after the other. Parameters and state are lists with one entry per layer, as PyTorch's `0.weight`, `2.weight`.
 *
 * A layer that does not take what the layer before it gives is a mistake that the checker finds.
 *
 * @example
 * const model = nn.sequential(nn.linear(784, 128), nn.relu(), nn.linear(128, 10));
 * const params = model.init(random(0));
 * params[0].weight.shape // [128, 784]
 * model.apply(params, zeros([32, 784])).shape // [32, 10]
 * @throws ShapeError `linear: an input of shape […, 128] where […, 100] is needed`
 */
export function sequential<const L extends Layers>(
  ...layers: { readonly [K in keyof L]: L[K] & Composing<L>[K & keyof Composing<L>] }
): Layer<SequentialFlow<L>, ParamsOfAll<L>, StateOfAll<L>> {
  const list = layers as unknown as Layers;
  checkLayers("sequential", list);
  const flow = (x: Sketch) => list.reduce((shape, each) => each.flow(shape), x);
  flow(anything);
  return layer<SequentialFlow<L>, Tree, Tree>({
    name: "sequential",
    parts: list,
    init: (generator, options) => list.map((each) => each.init(generator, options)),
    initState: (options) => {
      const states = list.map((each) => each.initState(options));
      return leavesOf(states).length === 0 ? {} : states;
    },
    flow,
    run: (params, x, pass) => runAll(list, params as readonly Tree[], x, pass),
  }) as never;
}

function runAll(
  layers: Layers,
  params: readonly Tree[],
  x: Tensor,
  { training, state, generator }: Pass<Tree>,
): readonly [Tensor, Tree] {
  if (params.length !== layers.length)
    throw new TypeError(`sequential: parameters of ${params.length} layers where ${layers.length} are needed.`);
  const before = state as readonly Tree[] | undefined;
  const after: Tree[] = [];
  let h = x;
  layers.forEach((each, i) => {
    const own = Array.isArray(before) ? before[i] : undefined;
    if (!training) {
      h = each.apply(params[i]!, h, own as never);
      return;
    }
    const [output, next] = each.train(params[i]!, h, {
      ...(own !== undefined && { state: own }),
      ...(generator !== undefined && { generator }),
    } as never);
    h = output;
    after.push(next);
  });
  return [h, leavesOf(after).length === 0 ? {} : after];
}
