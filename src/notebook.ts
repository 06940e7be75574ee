// What a cell finds without an import. Importing this module puts the names on the global object and tells the checker about them.
import type * as lossbook from "./index.ts";
import { preloaded } from "./preloaded.ts";
import type { Tree } from "./tensor/tree.ts";

Object.assign(globalThis, preloaded);

// For a Vega or Vega-Lite specification that is the value of a cell: its picture, for viewers that run no scripts.
Object.defineProperty(globalThis, Symbol.for("lossbook.vegaToPng"), {
  value: async (spec: lossbook.chart.Chart["spec"]) => (await import("./chart/png.ts")).toPng(spec),
  configurable: true,
});

declare global {
  /**
   * Makes a tensor, and is the home of everything else that makes one: `tensor.zeros([2, 3])`, `tensor.arange(5)`, `tensor.concat([a, b])`.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).matmul(tensor.eye(2)).toArray() // [[1, 2], [3, 4]]
   */
  const tensor: typeof lossbook.tensor;
  /**
   * Numbers in rows and columns; as a type, `Tensor<readonly [128, 10]>` says the shape, plain `Tensor` any.
   *
   * @example
   * tensor([1, 2]) instanceof Tensor // true
   */
  const Tensor: typeof lossbook.Tensor;
  type Tensor<S extends lossbook.Shape = lossbook.Shape> = lossbook.Tensor<S>;
  /**
   * A generator of random numbers: the same seed gives the same numbers on every machine. Give it to whatever draws.
   *
   * @example
   * random(42).normal([2, 3]).shape // [2, 3]
   */
  const random: typeof lossbook.random;
  /**
   * Linear algebra under PyTorch's names (`torch.linalg`): solve, inverse, cholesky, determinant, logDeterminant, qr, svd, eigh.
   *
   * @example
   * linalg.solve(tensor([[2, 0], [0, 4]]), tensor([2, 2])).toArray() // [1, 0.5]
   */
  const linalg: typeof lossbook.linalg;
  /**
   * The gradient of a function with respect to its first argument: a tensor, or objects and arrays of tensors.
   *
   * @example
   * grad((x: Tensor) => x.mul(x).sum())(tensor([1, 2, 3])).toArray() // [2, 4, 6]
   */
  const grad: typeof lossbook.grad;
  /**
   * The value and the gradient of a function, for the price of the gradient.
   *
   * @example
   * const [value, gradient] = valueAndGrad((x: Tensor) => x.mul(x).sum())(tensor([1, 2, 3]));
   * value.item() // 14
   */
  const valueAndGrad: typeof lossbook.valueAndGrad;
  /**
   * The same numbers, without a gradient through them.
   *
   * @example
   * grad((x: Tensor) => x.mul(stopGradient(x)).sum())(tensor([3])).toArray() // [3]
   */
  const stopGradient: typeof lossbook.stopGradient;
  /**
   * All partial derivatives of a function from one tensor to one tensor: shape of the result, then shape of the input.
   *
   * @example
   * jacobian((x: Tensor) => x.mul(x))(tensor([1, 2])).toArray() // [[2, 0], [0, 4]]
   */
  const jacobian: typeof lossbook.jacobian;
  /**
   * Second derivatives of a function from a tensor to one number.
   *
   * @example
   * hessian((x: Tensor) => x.pow(3).sum())(tensor([1, 2])).toArray() // [[6, 0], [0, 12]]
   */
  const hessian: typeof lossbook.hessian;
  /**
   * The second derivative times a direction, without the matrix.
   *
   * @example
   * hessianVectorProduct((x: Tensor) => x.pow(3).sum())(tensor([1, 2]), tensor([1, 1])).toArray() // [6, 12]
   */
  const hessianVectorProduct: typeof lossbook.hessianVectorProduct;
  /**
   * A function with a gradient of its own.
   *
   * @example
   * const straightThrough = customGradient((x: Tensor) => x.round(), (g) => [g]);
   * grad((x: Tensor) => straightThrough(x).sum())(tensor([0.4])).toArray() // [1]
   */
  const customGradient: typeof lossbook.customGradient;
  /**
   * Compares a gradient with central differences along a random direction, in float64; throws where they disagree.
   *
   * @example
   * checkGradients((x: Tensor) => x.mul(x).sum(), tensor([1, 2])).gradient.toFixed(6) // "0.459492"
   */
  const checkGradients: typeof lossbook.checkGradients;
  /**
   * The same function as one graph, run as a whole: a training step with its gradients and the update in one go. Call it with `await`.
   *
   * @example
   * const square = compile((x: Tensor) => x.mul(x).sum());
   * (await square(tensor([1, 2, 3]))).item() // 14
   */
  const compile: typeof lossbook.compile;
  /**
   * Writes a function of tensors as an ONNX file, which any runtime loads; `model.export(…)` is the same for a layer.
   *
   * @example
   * const dense = nn.linear(4, 2);
   * const params = dense.init(random(0));
   * const written = await exportOnnx((x: Tensor) => dense.apply(params, x), [tensor.zeros([1, 4])], "dense.onnx");
   * written.inputs // [{ name: "x", shape: ["batch", 4], dtype: "float32" }]
   */
  const exportOnnx: typeof lossbook.exportOnnx;
  /**
   * A model from an ONNX file, from wherever it is, to be run.
   *
   * @example
   * const dense = nn.linear(4, 2);
   * await dense.export("dense.onnx", dense.init(random(0)), { input: [1, 4] });
   * (await (await loadOnnx("dense.onnx")).run({ x: tensor.zeros([3, 4]) })).y.shape // [3, 2]
   */
  const loadOnnx: typeof lossbook.loadOnnx;
  /**
   * Losses with PyTorch's numbers, and any function of tensors is one too.
   *
   * @example
   * loss.mse(tensor([1, 2]), tensor([1, 4])).item() // 2
   */
  const loss: typeof lossbook.loss;
  namespace loss {
    type Reduction = lossbook.loss.Reduction;
  }
  /**
   * Layers as values: parameters and state are yours, there is no hidden mode.
   *
   * @example
   * const model = nn.sequential(nn.linear(2, 8), nn.tanh(), nn.linear(8, 1));
   * model.apply(model.init(random(0)), tensor.zeros([5, 2])).shape // [5, 1]
   */
  const nn: typeof lossbook.nn;
  namespace nn {
    type Layer<
      F extends lossbook.nn.Flow = lossbook.nn.Flow,
      P extends Tree = Tree,
      S extends Tree = Tree,
    > = lossbook.nn.Layer<F, P, S>;
    type ParamsOf<L extends Layer> = lossbook.nn.ParamsOf<L>;
    type StateOf<L extends Layer> = lossbook.nn.StateOf<L>;
    type Context<S extends Tree = Tree> = lossbook.nn.Context<S>;
  }
  /**
   * Optimizers as pairs of `init` and `update`, clipping, and schedules.
   *
   * @example
   * const optimizer = optim.sgd({ lr: 0.1 });
   * const params = tensor([1, 2]);
   * optimizer.update(tensor([10, 10]), optimizer.init(params), params).params.toArray() // [0, 1]
   */
  const optim: typeof lossbook.optim;
  namespace optim {
    type Optimizer = lossbook.optim.Optimizer;
    type State<P extends Tree = Tree> = lossbook.optim.State<P>;
    type Transform = lossbook.optim.Transform;
    type Rate = lossbook.optim.Rate;
  }
  /**
   * Shipped and generated sets, tables, splits, batches.
   *
   * @example
   * data.iris().features.shape // [150, 4]
   */
  const data: typeof lossbook.data;
  namespace data {
    type Dataset<
      F extends lossbook.Shape = lossbook.Shape,
      T extends lossbook.Shape = lossbook.Shape,
    > = lossbook.data.Dataset<F, T>;
    type Batches<B> = lossbook.data.Batches<B>;
  }
  /**
   * Metrics with scikit-learn's names and numbers.
   *
   * @example
   * metric.accuracy([0, 1, 1], [0, 1, 0]) // 0.6666666666666666
   */
  const metric: typeof lossbook.metric;
  namespace metric {
    type ConfusionMatrix = lossbook.metric.ConfusionMatrix;
  }
  /**
   * The training loop, and files of parameters.
   *
   * @example
   * const fitted = await train.fit(model, { data, loss: loss.mse, optimizer: optim.adam(), epochs: 10 });
   */
  const train: typeof lossbook.train;
  namespace train {
    type Fitted<P extends Tree = Tree, S extends Tree = Tree, M extends string = string> = lossbook.train.Fitted<
      P,
      S,
      M
    >;
    type FitEvent<M extends string = string> = lossbook.train.FitEvent<M>;
    type History<M extends string = string> = lossbook.train.History<M>;
    type Callbacks<P extends Tree = Tree, S extends Tree = Tree, M extends string = string> = lossbook.train.Callbacks<
      P,
      S,
      M
    >;
    type Resumable<P extends Tree = Tree, S extends Tree = Tree> = lossbook.train.Resumable<P, S>;
    type EarlyStopping<M extends string = string> = lossbook.train.EarlyStopping<M>;
    type PlainModel<P extends Tree, X, O> = lossbook.train.PlainModel<P, X, O>;
    type DivergenceError = lossbook.train.DivergenceError;
  }
  /**
   * The same items with a bar. Python's `tqdm`.
   *
   * @example
   * [...progress([1, 2, 3])] // [1, 2, 3]
   */
  const progress: typeof lossbook.progress;
  /**
   * Linear models with scikit-learn's numbers.
   *
   * @example
   * model.linearRegression([[0], [2]], [1, 5]).predict([[1]]).toArray() // [3]
   */
  const model: typeof lossbook.model;
  namespace model {
    type LinearModel = lossbook.model.LinearModel;
    type Classifier = lossbook.model.Classifier;
  }
  /**
   * Charts as Vega-Lite specifications.
   *
   * @example
   * chart.lossCurve({ train: [2.31, 0.6, 0.08], validation: [2.4, 0.7, 0.9] })
   */
  const chart: typeof lossbook.chart;
  namespace chart {
    type Chart<Numbers = unknown> = lossbook.chart.Chart<Numbers>;
  }
}
