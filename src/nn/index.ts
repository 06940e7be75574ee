export {
  type Activation,
  celu,
  elu,
  gelu,
  hardSigmoid,
  hardSwish,
  hardTanh,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softsign,
  tanh,
} from "./activation.ts";
export { adaptiveAvgPool2d } from "./adaptive.ts";
export { type AttentionOptions, attention } from "./attention.ts";
export { type Bilinear, bilinear } from "./bilinear.ts";
export { conv1d, conv2d } from "./convolution.ts";
export { dropout } from "./dropout.ts";
export { embedding } from "./embedding.ts";
export { flatten } from "./flatten.ts";
export type { Flow, Input } from "./flow.ts";
export { glu } from "./glu.ts";
export {
  constant,
  fans,
  gain,
  heNormal,
  heNormal as kaimingNormal,
  heUniform,
  heUniform as kaimingUniform,
  type Initializer,
  normal,
  orthogonal,
  truncatedNormal,
  uniform,
  xavierNormal,
  xavierUniform,
} from "./initializer.ts";
export { type Context, type Layer, layer, type ParamsOf, type StateOf } from "./layer.ts";
export { linear } from "./linear.ts";
export { multiHeadAttention } from "./multiHeadAttention.ts";
export { batchNorm, groupNorm, layerNorm, rmsNorm } from "./normalization.ts";
export { avgPool1d, avgPool2d, maxPool1d, maxPool2d } from "./pooling.ts";
export { prelu } from "./prelu.ts";
export { gru, lstm, type RecurrentOptions, rnn } from "./recurrent.ts";
export { residual } from "./residual.ts";
export { sequential } from "./sequential.ts";
export { convTranspose1d, convTranspose2d } from "./transposed.ts";
