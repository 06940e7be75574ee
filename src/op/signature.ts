import type { DType } from "../tensor/dtype.ts";
import type { Window } from "../tensor/shape/convolution.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import type { Op } from "./op.ts";

export interface Reducing {
  /** Counted from the front, rising. */
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

export interface Along {
  readonly axis: number;
}

/** Where the input lies in the output (`pad`) or the output in the input (`slice`). */
export interface Placing {
  readonly start: readonly number[];
  readonly step: readonly number[];
  readonly shape: Shape;
}

export interface Convolving {
  readonly window: Window;
}

/** Height and width of what a convolution was applied to. */
export interface Uncovering extends Convolving {
  readonly size: readonly [number, number];
}

export interface Averaging extends Convolving {
  /** Divide by the whole window also where it hangs over the edge: PyTorch's default. */
  readonly countIncludePad: boolean;
}

type Unary = Op<1>;
type Binary = Op<2>;

/** Every op: its number of inputs and its attributes. The table has a record for each, or does not compile. */
export interface Signatures {
  // elementary
  neg: Unary;
  abs: Unary;
  sign: Unary;
  exp: Unary;
  expm1: Unary;
  log: Unary;
  log1p: Unary;
  sqrt: Unary;
  reciprocal: Unary;
  sin: Unary;
  cos: Unary;
  tanh: Unary;
  sigmoid: Unary;
  softplus: Unary;
  erf: Unary;
  relu: Unary;
  floor: Unary;
  ceil: Unary;
  round: Unary;
  isNaN: Unary;
  not: Unary;
  stopGradient: Unary;
  cast: Op<1, { readonly dtype: DType }>;
  // arithmetic
  add: Binary;
  sub: Binary;
  mul: Binary;
  div: Binary;
  pow: Binary;
  maximum: Binary;
  minimum: Binary;
  // comparison
  equal: Binary;
  notEqual: Binary;
  less: Binary;
  lessEqual: Binary;
  greater: Binary;
  greaterEqual: Binary;
  and: Binary;
  or: Binary;
  where: Op<3>;
  // reduction
  sum: Op<1, Reducing>;
  max: Op<1, Reducing>;
  min: Op<1, Reducing>;
  logSumExp: Op<1, Reducing>;
  argmax: Op<1, Along>;
  argmin: Op<1, Along>;
  cumsum: Op<1, Along & { readonly reverse: boolean }>;
  argsort: Op<1, Along & { readonly descending: boolean }>;
  // product
  matmul: Op<2, { readonly transposeA: boolean; readonly transposeB: boolean }>;
  // movement
  reshape: Op<1, { readonly shape: Shape }>;
  permute: Op<1, { readonly order: readonly number[] }>;
  broadcastTo: Op<1, { readonly shape: Shape }>;
  slice: Op<1, Placing>;
  pad: Op<1, Placing & { readonly value: number }>;
  flip: Op<1, Along>;
  concat: Op<"any", Along>;
  // indexing
  take: Op<2, Along>;
  indexAdd: Op<2, Along & { readonly size: number }>;
  gather: Op<2, Along>;
  scatterAdd: Op<2, Along & { readonly size: number; readonly shape: Shape }>;
  // convolution: each is linear in both inputs, and the three are each other's gradients
  conv2d: Op<2, Convolving>;
  convInput: Op<2, Uncovering>;
  convWeight: Op<2, Convolving>;
  // pooling
  maxPool: Op<1, Convolving>;
  maxUnpool: Op<2, Convolving>;
  maxPoolAt: Op<2, Convolving>;
  avgPool: Op<1, Averaging>;
  avgUnpool: Op<1, Averaging & Uncovering>;
  // linear algebra
  solve: Binary;
  cholesky: Unary;
}

export type OpName = keyof Signatures;
export type ArityOf<K extends OpName> = Signatures[K] extends Op<infer N, infer _> ? N : never;
export type AttrsOf<K extends OpName> = Parameters<Signatures[K]["shape"]>[1];
/** The records of a family. */
export type Family<K extends OpName> = { readonly [P in K]: Signatures[P] };
