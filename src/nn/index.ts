export { elu, gelu, leakyRelu, relu, sigmoid, silu, softmax, softplus, tanh } from "./activation.ts";
export { dropout } from "./dropout.ts";
export type { Initializer } from "./initializer.ts";
export type { Context, Layer } from "./layer.ts";
export { linear } from "./linear.ts";
export { sequential } from "./sequential.ts";
