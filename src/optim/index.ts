export { type AdamOptions, adam, adamw } from "./adam.ts";
export type { Coefficients, Optimizer, Rate, State, Transform, UpdateOptions } from "./optimizer.ts";
export { type SgdOptions, sgd } from "./sgd.ts";
