import { concat } from "../op/function/concat.ts";
import { where } from "../op/function/where.ts";
import { arange, eye } from "../tensor/create.ts";
import { checkFit, type Fitting, type Rows } from "../tensor/shape/fit.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkMatch, type Match } from "./check/match.ts";
import { checkAbove, checkChoice } from "./check/option.ts";
import { checkTensor } from "./check/tensor.ts";
import { checkReducing, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface InfoNceOptions<E extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"infoNce", E, R, W> {
  /** Divides the similarities: the smaller, the more the nearest wrong ones count. 0.07 unless given. */
  readonly temperature?: number;
  /** What each query is told apart from: the other `"keys"` (unless given), or `"all"` other vectors, both ways, as in SimCLR. */
  readonly negatives?: "keys" | "all";
}

/** One element for each query, or for each of all vectors: then the number is not known to the checker. */
type Elements<Q extends Shape, M extends string> = [M] extends ["keys"] ? readonly [Rows<Q>] : readonly [number];

/**
 * Each query shall find its own key among all keys of the batch: a cross-entropy over similarities.
 *
 * `l_i = –log softmax_j(q_i · k_j / temperature)_i`, rows scaled to length 1. With `negatives: "all"` this is NT-Xent: queries and keys are 2N rows, and each
 * is compared with all others.
 *
 * Shapes: both `[N, D]`; row i of the keys belongs to row i of the queries.
 *
 * @example
 * loss.infoNce(tensor([[1, 0], [0, 1]]), tensor([[1, 0], [0, 1]]), { temperature: 1 }).item() // 0.313262
 * @throws ShapeError `infoNce: keys of shape [3, 2] where [4, 2] is needed`
 * @throws RangeError `infoNce: temperature 0 is not above 0.`
 * @see van den Oord et al. 2018 (arXiv:1807.03748), eq. 4; Chen et al. 2020 (SimCLR, arXiv:2002.05709), eq. 1; optax and pytorch-metric-learning have NT-Xent with 0.07.
 */
export function infoNce<
  Q extends Tensor,
  K extends Tensor,
  M extends "keys" | "all" = "keys",
  R extends Reduction = "mean",
  W extends Shape = Shape,
>(
  query: Q & Fitting<"infoNce: queries", Q["shape"], readonly [number, number]>,
  key: K & Match<"infoNce: keys", K["shape"], Q["shape"]>,
  options?: InfoNceOptions<Elements<Q["shape"], M>, R, W> & { readonly negatives?: M },
): Tensor<Reduced<Elements<Q["shape"], M>, R>>;
export function infoNce(query: Tensor, key: Tensor, options: InfoNceOptions = {}): Tensor {
  const { temperature = 0.07, negatives = "keys" } = options;
  checkTensor("infoNce", query);
  checkFit("infoNce: queries", query.shape, [-1, -1]);
  checkMatch("infoNce: keys", key, query);
  checkAbove("infoNce", "temperature", temperature, 0);
  checkChoice("infoNce", "negatives", negatives, ["keys", "all"]);
  const n = query.shape[0]!;
  checkReducing("infoNce", [negatives === "all" ? 2 * n : n], options);
  const [q, k] = [normalize(query), normalize(key)];
  if (negatives === "keys") return reduce(diagonal(similarities(q, k, temperature).logSoftmax()).neg(), options);
  const both = concat([q, k]);
  const others = where(eye(2 * n, { dtype: both.dtype }), -Infinity, similarities(both, both, temperature));
  const partners = concat([arange(n, 2 * n), arange(n)]).unsqueeze(1);
  return reduce(others.logSoftmax().gather(1, partners).squeeze(1).neg(), options);
}

/** Rows of length 1; a row of zeros stays one. */
function normalize(rows: Tensor): Tensor {
  return rows.div(rows.norm(-1, { keepDims: true }).clamp(1e-12));
}

function similarities(a: Tensor, b: Tensor, temperature: number): Tensor {
  return a.matmul(b.transpose()).div(temperature);
}

function diagonal(square: Tensor): Tensor {
  return square.gather(1, arange(square.shape[0]!).unsqueeze(1)).squeeze(1);
}
