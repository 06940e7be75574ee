import type { OpName } from "../../op/signature.ts";
import { sizeOf } from "../../tensor/shape/shape.ts";
import { type Graph, inOrder, type Operation } from "../graph.ts";
import { powers } from "./lower.ts";

/**
 * Microseconds that a run of the script program is expected to take, by the times that single ops take (`bench/small-graphs-rates.mjs`).
 * Ops share loops, so it is rather too much than too little: 1 to 1.7 times the time measured, for the training steps of `bench/small-graphs.mjs`.
 */
export function estimate(graph: Graph): number {
  const nanoseconds = inOrder(graph.outputs).reduce(
    (sum, node) => (node.kind === "op" ? sum + cost(node) : sum),
    START,
  );
  return nanoseconds / 1000;
}

/** Nanoseconds of a run of nothing, of an op whose loop is written, and of one that is called. */
const START = 100;
const LOOP = 20;
const CALL = 300;

/** Nanoseconds of an op: for each element that it makes, and for each that it reads. */
interface Rate {
  readonly makes?: number;
  readonly reads?: number;
  /** For each product of two numbers. */
  readonly products?: number;
  readonly called?: true;
}

function cost(node: Operation): number {
  const { makes = 0, reads = 0, products = 0, called } = rateOf(node);
  const read = reads === 0 ? 0 : node.inputs.reduce((sum, input) => sum + sizeOf(input.shape), 0);
  const work = products === 0 ? 0 : countProducts(node) * products;
  return (called ? CALL : LOOP) + makes * sizeOf(node.shape) + reads * read + work;
}

function rateOf({ op, inputs }: Operation): Rate {
  const exponent = op === "pow" ? inputs[1] : undefined;
  const isShort = exponent?.kind === "constant" && exponent.data.length === 1 && exponent.data[0]! in powers;
  return isShort ? light : rates[op];
}

const light: Rate = { makes: 0.7 };
const seen: Rate = { makes: 0.5 };
const folded: Rate = { reads: 0.7 };

const rates: { readonly [K in OpName]: Rate } = {
  neg: light,
  abs: light,
  sign: light,
  exp: { makes: 7 },
  expm1: { makes: 7 },
  log: { makes: 7 },
  log1p: { makes: 8 },
  sqrt: light,
  reciprocal: light,
  sin: { makes: 3.5 },
  cos: { makes: 3.5 },
  tanh: { makes: 13 },
  sigmoid: { makes: 8 },
  softplus: { makes: 18 },
  erf: { makes: 37 },
  relu: light,
  floor: light,
  ceil: light,
  round: { makes: 1.5 },
  isNaN: light,
  not: light,
  stopGradient: {},
  cast: { makes: 0.3 },
  add: light,
  sub: light,
  mul: light,
  div: light,
  pow: { makes: 40 },
  maximum: light,
  minimum: light,
  equal: light,
  notEqual: light,
  less: light,
  lessEqual: light,
  greater: light,
  greaterEqual: light,
  and: light,
  or: light,
  where: light,
  sum: folded,
  max: { reads: 1 },
  min: { reads: 1 },
  logSumExp: { reads: 8 },
  argmax: { reads: 1.2 },
  argmin: { reads: 1.2 },
  cumsum: { makes: 3, called: true },
  argsort: { makes: 100, called: true },
  matmul: { makes: 1, products: 0.5 },
  reshape: {},
  permute: seen,
  broadcastTo: seen,
  slice: seen,
  pad: { makes: 3, called: true },
  flip: seen,
  concat: { makes: 1.2, called: true },
  take: { makes: 2, called: true },
  indexAdd: { reads: 2.5, called: true },
  gather: { makes: 8, called: true },
  scatterAdd: { makes: 1, reads: 5, called: true },
  conv2d: { makes: 1, products: 0.55, called: true },
  convInput: { makes: 1, products: 0.7, called: true },
  convWeight: { makes: 1, products: 0.7, called: true },
  maxPool: { reads: 6, called: true },
  maxUnpool: { makes: 6, called: true },
  maxPoolAt: { reads: 3, called: true },
  avgPool: { reads: 3, called: true },
  avgUnpool: { makes: 5, called: true },
  solve: { makes: 5, products: 2, called: true },
  cholesky: { makes: 5, products: 2, called: true },
};

function countProducts({ op, inputs, attrs, shape }: Operation): number {
  const [a, b] = inputs;
  if (op === "matmul") return sizeOf(shape) * a!.shape.at((attrs as { transposeA: boolean }).transposeA ? -2 : -1)!;
  if (op === "solve" || op === "cholesky") return a!.shape[0]! ** 3 / 3;
  // every element of the smaller image meets the taps of its filter
  const image = op === "conv2d" ? shape : op === "convInput" ? a!.shape : b!.shape;
  const filter = op === "convWeight" ? shape : b!.shape;
  return sizeOf(image) * sizeOf(filter.slice(1));
}
