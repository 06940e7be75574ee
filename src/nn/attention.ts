import { where } from "../op/function/where.ts";
import { tensor } from "../tensor/create.ts";
import { checkFit, type Fitting } from "../tensor/shape/fit.ts";
import { type Shape, ShapeError, type Size, writeShape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

export interface AttentionOptions {
  /** Of dtype bool, **true takes part**; of a float dtype, added to the scores. Broadcast to `[…, T, S]`. */
  readonly mask?: Tensor;
  /** Each query sees the keys up to its own place only; false unless given. */
  readonly causal?: boolean;
  /** 1/√E unless given. */
  readonly scale?: number;
}

type LastOf<S extends Shape> = S extends readonly [...Shape, infer N extends Size] ? N : number;
type KeysOf<S extends Shape> = S extends readonly [...Shape, infer N extends Size, Size] ? N : number;
type Lead<S extends Shape> = S extends readonly [...infer R extends Shape, Size] ? R : readonly [];
type LeadOfKeys<S extends Shape> = S extends readonly [...infer R extends Shape, Size, Size] ? R : readonly [];

/** `[…, T, E]` and values `[…, S, D]` give `[…, T, D]`. */
export type Attended<Q extends Shape, V extends Shape> = number extends Q["length"]
  ? Shape
  : number extends V["length"]
    ? Shape
    : readonly [...Lead<Q>, LastOf<V>];

/**
 * Scaled dot-product attention: `softmax(Q Kᵀ / √E) V` for queries `[…, T, E]`, keys `[…, S, E]` and values `[…, S, D]`. A query that may see nothing gets
 * zeros. PyTorch's `scaled_dot_product_attention`.
 *
 * @example
 * nn.attention(zeros([2, 4, 8]), zeros([2, 6, 8]), zeros([2, 6, 3])).shape // [2, 4, 3]
 * @throws ShapeError `attention: a key of shape [2, 6, 7] where [2, 6, 8] is needed`
 * @see Vaswani et al., Attention Is All You Need (2017), eq. 1
 */
export function attention<Q extends Shape, K extends Shape, V extends Shape>(
  query: Tensor<Q>,
  key: Tensor<K> & Fitting<"attention: a key", K, readonly [...LeadOfKeys<K>, KeysOf<K>, LastOf<Q>]>,
  value: Tensor<V> & Fitting<"attention: a value", V, readonly [...LeadOfKeys<K>, KeysOf<K>, LastOf<V>]>,
  options: AttentionOptions = {},
): Tensor<Attended<Q, V>> {
  const [q, k, v]: readonly [Tensor, Tensor, Tensor] = [query, key, value];
  for (const [what, { shape }] of [
    ["query", q],
    ["key", k],
    ["value", v],
  ] as const)
    if (shape.length < 2)
      throw new ShapeError(`attention: a ${what} of shape ${writeShape(shape)} where at least 2 axes are needed`);
  checkFit("attention: a key", k.shape, [...k.shape.slice(0, -1), q.shape.at(-1)!]);
  checkFit("attention: a value", v.shape, [...k.shape.slice(0, -1), v.shape.at(-1)!]);
  return attentionWeights(q, k, options).matmul(v) as never;
}

/** `softmax(Q Kᵀ · scale)` over the keys that take part. */
export function attentionWeights(query: Tensor, key: Tensor, options: AttentionOptions): Tensor {
  const { mask, causal = false, scale = 1 / Math.sqrt(query.shape.at(-1)!) } = options;
  let scores: Tensor = query.mul(scale).matmul(key.transpose());
  const [rows, columns] = [scores.shape.at(-2)!, scores.shape.at(-1)!];
  if (mask !== undefined && mask.dtype !== "bool") scores = scores.add(mask);
  const seen = [...(mask?.dtype === "bool" ? [mask] : []), ...(causal ? [lowerTriangle(rows, columns)] : [])];
  if (seen.length === 0) return scores.softmax();
  const visible = seen.reduce((a, b) => a.and(b));
  // finite also where nothing is visible: e⁰ · 0 over 0 + 1
  const bounded: Tensor = where(visible, scores, scores.dtype === "float64" ? -1e300 : -1e38);
  const top = bounded.max(-1, { keepDims: true }).stopGradient();
  const e = bounded.sub(top).exp().mul(visible.to(scores.dtype));
  const sum: Tensor = e.sum(-1, { keepDims: true });
  return e.div(where(sum.equal(0), 1, sum));
}

/** True where the key is not later than the query. */
function lowerTriangle(rows: number, columns: number): Tensor {
  return tensor(Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => j <= i)));
}
