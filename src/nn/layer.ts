import { type Exported, type ExportOptions, exportOnnx } from "../compile/export/exportOnnx.ts";
import { type CreateOptions, zeros } from "../tensor/create.ts";
import { describe } from "../tensor/describe.ts";
import { Generator } from "../tensor/random/random.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { leavesOf, type Tree } from "../tensor/tree.ts";
import { toBundle } from "./display.ts";
import type { Close, Flow, Gives, Takes } from "./flow.ts";
import { checkParameters, countParameters, type Declarations, draw } from "./parameters.ts";
import type { Sketch } from "./sketch.ts";

/** No parameters, or no state. */
export type None = Record<never, never>;

/** What a training pass needs beside parameters and input. */
export interface Context<S extends Tree = Tree> {
  /** The state so far: `layer.initState()` before the first step. */
  readonly state?: S;
  /** Where random numbers come from, for layers that draw (`dropout`). */
  readonly generator?: Generator;
}

/** True if there is no state, or if it is not known whether there is one. */
type Stateless<S extends Tree> = [keyof S] extends [never] ? true : [Tree] extends [S] ? true : false;
type StateArgument<S extends Tree> = Stateless<S> extends true ? [state?: S] : [state: S];
type ContextArgument<S extends Tree> =
  Stateless<S> extends true ? [context?: Context<S>] : [context: Context<S> & { readonly state: S }];

/**
 * A layer is a value: a description without parameters, state or mode inside.
 *
 * - `init(generator)` draws the parameters: a tree, to differentiate and to save.
 * - `initState()` is what changes in training without a gradient: the running statistics of `batchNorm`; empty for all others.
 * - `apply(params, x)` is the layer at evaluation; with a state, `apply(params, x, state)`.
 * - `train(params, x, { state, generator })` is the layer in training: `[output, next state]`.
 * - `export(path, params, { input })` writes it to an ONNX file.
 *
 * PyTorch keeps all four in one object and switches between the last two with `model.train()` and `model.eval()`; forgetting that is not possible here.
 *
 * @example
 * const model = nn.sequential(nn.linear(2, 8), nn.tanh(), nn.linear(8, 1));
 * const params = model.init(random(0));
 * model.apply(params, zeros([5, 2])).shape // [5, 1]
 */
export interface Layer<F extends Flow = Flow, P extends Tree = Tree, S extends Tree = Tree> {
  /** `linear`. */
  readonly name: string;
  /** `784, 10`. */
  readonly settings: string;
  /** How many numbers the parameters hold. */
  readonly size: number;
  /** The layers inside. */
  readonly parts: readonly Layer[];
  /** For the checker alone; there is no such value. */
  readonly types?: { readonly flow: F; readonly params: P; readonly state: S };
  /** Parameters, float32 unless a dtype is given. */
  init(generator: Generator, options?: CreateOptions): P;
  /** The state before the first step. */
  initState(options?: CreateOptions): S;
  /** What comes out of a shape that need not be known completely; the sentence, if it cannot go in. */
  flow(x: Sketch): Sketch;
  /** The output at evaluation. */
  apply<X extends Tensor>(
    params: P,
    x: X & Takes<F, X["shape"]>,
    ...state: StateArgument<S>
  ): Tensor<Close<Gives<F, X["shape"]>>>;
  /** The output in training, and the next state. */
  train<X extends Tensor>(
    params: P,
    x: X & Takes<F, X["shape"]>,
    ...context: ContextArgument<S>
  ): [output: Tensor<Close<Gives<F, X["shape"]>>>, state: S];
  /**
   * Writes the layer at evaluation, parameters included, to a file that any ONNX runtime loads: `await model.export("model.onnx", params, { input: [1, 784] })`. The
   * number of rows stays open where the layer allows it; the result says so, and how inputs and outputs are named.
   */
  export(path: string | URL, params: P, options: LayerExport<S>): Promise<Exported>;
}

/** What a file needs beside the parameters. */
export interface LayerExport<S extends Tree = Tree> extends ExportOptions {
  /** An input, or its shape: numbers of the parameters' dtype. */
  readonly input: Shape | Tensor;
  /** What training has made of the layer's state: `batchNorm`'s statistics. */
  readonly state?: S;
}

/** The parts of a layer's type. */
export type FlowOf<L extends Layer> = NonNullable<L["types"]>["flow"];
export type ParamsOf<L extends Layer> = NonNullable<L["types"]>["params"];
export type StateOf<L extends Layer> = NonNullable<L["types"]>["state"];

/** One pass. */
export interface Pass<S extends Tree> {
  readonly training: boolean;
  readonly state: S | undefined;
  readonly generator: Generator | undefined;
}

/** What defines a layer. */
export interface Definition<P extends Tree, S extends Tree> {
  readonly name: string;
  readonly settings?: readonly (string | number)[];
  /** Its own parameters: shapes, and how they are drawn. */
  readonly parameters?: Declarations;
  readonly parts?: readonly Layer[];
  /** Where its parameters are not declared but those of its parts. */
  init?(generator: Generator, options: CreateOptions): P;
  initState?(options: CreateOptions): S;
  flow(x: Sketch): Sketch;
  run(params: P, x: Tensor, pass: Pass<S>): Tensor | readonly [Tensor, S];
}

/**
 * A layer from its definition. Shapes of input and parameters are checked before anything runs.
 *
 * @example
 * const double = nn.layer({ name: "double", flow: (x) => x, run: (_, x) => x.mul(2) });
 * nn.sequential(nn.relu(), double).apply([{}, {}], tensor([-1, 1])).toArray() // [0, 2]
 */
export function layer<F extends Flow, P extends Tree = None, S extends Tree = None>(
  definition: Definition<P, S>,
): Layer<F, P, S> {
  const { name, settings = [], parameters = {}, parts = [] } = definition;
  const run = (params: P, x: Tensor, pass: Pass<S>): readonly [Tensor, S] => {
    if (!(x instanceof Tensor)) throw new TypeError(`${name}: ${describe(x)} where an input tensor is needed.`);
    definition.flow(x.shape);
    checkParameters(name, parameters, params);
    const result = definition.run(params, x, pass);
    return Array.isArray(result) ? (result as [Tensor, S]) : [result as Tensor, {} as S];
  };
  const made = {
    name,
    settings: settings.join(", "),
    size: countParameters(parameters) + parts.reduce((sum, part) => sum + part.size, 0),
    parts,
    init: (generator: Generator, options: CreateOptions = {}) => {
      if (!(generator instanceof Generator))
        throw new TypeError(`${name}: ${describe(generator)} where a generator is needed, such as random(0).`);
      return definition.init?.(generator, options) ?? (draw(parameters, generator, options) as P);
    },
    initState: (options: CreateOptions = {}) => definition.initState?.(options) ?? ({} as S),
    flow: (x: Sketch) => definition.flow(x),
    apply: (params: P, x: Tensor, state?: S) => run(params, x, { training: false, state, generator: undefined })[0],
    train: (params: P, x: Tensor, { state, generator }: Context<S> = {}) =>
      run(params, x, { training: true, state, generator }),
    export: (path: string | URL, params: P, { input, state, ...options }: LayerExport<S>) => {
      const dtype = leavesOf(params).find((leaf) => leaf.dtype.startsWith("float"))?.dtype ?? "float32";
      const example = input instanceof Tensor ? input : zeros(input, { dtype });
      return exportOnnx((x: Tensor) => made.apply(params, x, state), [example], path, options);
    },
  };
  const self = made as unknown as Layer<F, P, S>;
  return Object.assign(self, {
    [Symbol.for("Jupyter.display")]: () => toBundle(self as unknown as Layer),
    [Symbol.for("nodejs.util.inspect.custom")]: () => toBundle(self as unknown as Layer)["text/plain"],
  });
}
