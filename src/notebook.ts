// What a cell finds without an import. Importing this module puts the names on the global object and tells the checker about them.
import * as lossbook from "./index.ts";

/** The names that a notebook finds preloaded. */
export const preloaded = {
  tensor: lossbook.tensor,
  Tensor: lossbook.Tensor,
  random: lossbook.random,
  linalg: lossbook.linalg,
  grad: lossbook.grad,
  valueAndGrad: lossbook.valueAndGrad,
  stopGradient: lossbook.stopGradient,
  loss: lossbook.loss,
  nn: lossbook.nn,
  optim: lossbook.optim,
  data: lossbook.data,
  metric: lossbook.metric,
  train: lossbook.train,
  progress: lossbook.progress,
  model: lossbook.model,
  chart: lossbook.chart,
} as const;

Object.assign(globalThis, preloaded);

declare global {
  const tensor: typeof lossbook.tensor;
  const Tensor: typeof lossbook.Tensor;
  type Tensor<S extends lossbook.Shape = lossbook.Shape> = lossbook.Tensor<S>;
  const random: typeof lossbook.random;
  const linalg: typeof lossbook.linalg;
  const grad: typeof lossbook.grad;
  const valueAndGrad: typeof lossbook.valueAndGrad;
  const stopGradient: typeof lossbook.stopGradient;
  const loss: typeof lossbook.loss;
  const nn: typeof lossbook.nn;
  const optim: typeof lossbook.optim;
  const data: typeof lossbook.data;
  const metric: typeof lossbook.metric;
  const train: typeof lossbook.train;
  const progress: typeof lossbook.progress;
  const model: typeof lossbook.model;
  const chart: typeof lossbook.chart;
}
