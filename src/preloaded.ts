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
  jacobian: lossbook.jacobian,
  hessian: lossbook.hessian,
  hessianVectorProduct: lossbook.hessianVectorProduct,
  customGradient: lossbook.customGradient,
  checkGradients: lossbook.checkGradients,
  compile: lossbook.compile,
  exportOnnx: lossbook.exportOnnx,
  loadOnnx: lossbook.loadOnnx,
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
