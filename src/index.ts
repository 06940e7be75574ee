import "./op/methods.ts";

export * as chart from "./chart/index.ts";
export { compile } from "./compile/compile.ts";
export type { Signature } from "./compile/compiled.ts";
export { type Exported, type ExportOptions, exportOnnx } from "./compile/export/exportOnnx.ts";
export { type Loaded, loadOnnx } from "./compile/export/loadOnnx.ts";
export type { CompileOptions, Device } from "./compile/options.ts";
export * as data from "./data/index.ts";
export { checkGradients } from "./grad/checkGradients.ts";
export { customGradient } from "./grad/customGradient.ts";
export { grad, valueAndGrad } from "./grad/grad.ts";
export { hessianVectorProduct } from "./grad/hessianVectorProduct.ts";
export { hessian, jacobian } from "./grad/jacobian.ts";
export { stopGradient } from "./grad/stopGradient.ts";
export * as loss from "./loss/index.ts";
export * as metric from "./metric/index.ts";
export * as model from "./model/index.ts";
export * as nn from "./nn/index.ts";
export { concat, stack } from "./op/function/concat.ts";
export { conv1d, conv2d, convTranspose2d } from "./op/function/convolution.ts";
export * as linalg from "./op/function/linear.ts";
export { avgPool2d, maxPool2d } from "./op/function/pooling.ts";
export { where } from "./op/function/where.ts";
export { tensor } from "./op/namespace.ts";
export * as optim from "./optim/index.ts";
export {
  arange,
  type CreateOptions,
  eye,
  fromArray,
  full,
  fullLike,
  linspace,
  oneHot,
  ones,
  onesLike,
  zeros,
  zerosLike,
} from "./tensor/create.ts";
export type { DType, TypedArray } from "./tensor/dtype.ts";
export { Generator, random } from "./tensor/random/random.ts";
export { type Shape, ShapeError, type Size, type Wrong } from "./tensor/shape/shape.ts";
export { Tensor } from "./tensor/tensor.ts";
export { leavesOf, mapTree, type Tree } from "./tensor/tree.ts";
export * as train from "./train/index.ts";
export { progress } from "./train/progress/progress.ts";
