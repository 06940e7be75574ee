import type { Layer } from "../nn/layer.ts";
import type { DType } from "../tensor/dtype.ts";
import { type Generator, random } from "../tensor/random/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tensor/tree.ts";

/**
 * A model of one's own: parameters, and a function of them.
 *
 * @example
 * const line = { params: { w: zeros([1]), b: zeros([]) }, apply: (p, x) => x.mul(p.w).add(p.b) };
 */
export interface PlainModel<P extends Tree, X, O> {
  /** Where training begins. */
  readonly params: P;
  /** The prediction for a batch of inputs. */
  readonly apply: (params: P, x: X) => O;
  /** What layers have, and models of one's own have not: so the checker can tell them apart. */
  readonly init?: undefined;
}

/** A model as the loop needs it. */
export interface Trainable {
  init(seed: number, dtype: DType): Tree;
  initState(dtype: DType): Tree;
  /** Throws the sentence if these inputs cannot go in. */
  check(x: Tree): void;
  train(params: Tree, x: Tree, state: Tree, generator: Generator): readonly [prediction: unknown, state: Tree];
  apply(params: Tree, x: Tree, state: Tree): unknown;
}

export function toTrainable(model: unknown): Trainable {
  if (isLayer(model)) return fromLayer(model);
  if (isPlain(model)) return fromPlain(model);
  const found =
    typeof model === "object" && model !== null ? `an object of ${Object.keys(model).join(", ")}` : String(model);
  throw new TypeError(`fit: the model is ${found} where a layer or { params, apply } is needed.`);
}

function fromLayer(layer: Layer): Trainable {
  return {
    init: (seed, dtype) => layer.init(random(seed), { dtype }),
    initState: (dtype) => layer.initState({ dtype }),
    check: (x) => {
      if (!(x instanceof Tensor)) throw new TypeError(`fit: x is no tensor, and ${layer.name} takes one.`);
      layer.flow(x.shape);
    },
    train: (params, x, state, generator) => layer.train(params, x as never, { state, generator }),
    apply: (params, x, state) => layer.apply(params, x as never, state as never),
  };
}

function fromPlain({ params, apply }: PlainModel<Tree, unknown, unknown>): Trainable {
  return {
    init: () => params,
    initState: () => ({}),
    check: () => undefined,
    train: (p, x) => [apply(p, x), {}],
    apply: (p, x) => apply(p, x),
  };
}

function isLayer(model: unknown): model is Layer {
  return typeof (model as Partial<Layer> | null)?.init === "function";
}

function isPlain(model: unknown): model is PlainModel<Tree, unknown, unknown> {
  const { params, apply } = (model ?? {}) as { readonly params?: unknown; readonly apply?: unknown };
  return typeof params === "object" && params !== null && typeof apply === "function";
}
