import { type Shape, ShapeError, writeShape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type AttentionOptions, attentionWeights } from "./attention.ts";
import { checkSizes } from "./check.ts";
import type { Flow, Input, LastIs } from "./flow.ts";
import { constant, within, xavierUniform } from "./initializer.ts";
import { type Layer, layer, type None } from "./layer.ts";
import { affine } from "./linear.ts";
import { checkParameters, type Declarations } from "./parameters.ts";
import { checkAxes, checkLast } from "./sketch.ts";

export interface AttentionFlow<E extends number> extends Flow {
  readonly out: Input<this>;
  readonly wrong: LastIs<"multiHeadAttention", Input<this>, E>;
}

export interface MultiHeadAttentionOptions<B extends boolean = boolean> {
  /** Biases; true unless given. */
  readonly bias?: B;
  /** In `apply` and `train`, each place sees those before it only; false unless given. */
  readonly causal?: boolean;
  /** The size of the keys, if it is another than that of the queries. */
  readonly kdim?: number;
  /** The size of the values, if it is another than that of the queries. */
  readonly vdim?: number;
}

export interface AttendOptions extends Pick<AttentionOptions, "mask" | "causal"> {
  /** `[N, S]`, of dtype bool: true takes part. */
  readonly keyMask?: Tensor;
}

/** Packed weights, or one for each of query, key and value if `kdim` or `vdim` differ. */
export type AttentionParams = { readonly outProjWeight: Tensor; readonly [name: string]: Tensor };

export interface MultiHeadAttention<E extends number> extends Layer<AttentionFlow<E>, AttentionParams, None> {
  /** Queries `[N, T, E]` that look at keys and values `[N, S, …]`: the output `[N, T, E]`, and the weights `[N, T, S]`, averaged over the heads. */
  attend<Q extends Shape>(
    params: AttentionParams,
    query: Tensor<Q> & LastIs<"multiHeadAttention", Q, E>,
    key: Tensor,
    value: Tensor,
    options?: AttendOptions,
  ): { readonly output: Tensor<Q>; readonly weights: Tensor };
}

/**
 * Attention in several heads, each on its own part of the axis: `concat(head₁, …) W_O` with `headᵢ = attention(Q Wᵢ, K Wᵢ, V Wᵢ)`. `apply` is
 * self-attention of `[N, T, size]`; `attend` has keys and values of its own, and masks.
 *
 * Batch first, and **true takes part** in all masks: PyTorch's `nn.MultiheadAttention` has the batch second and means the contrary. Weights as there:
 * `inProjWeight` `[3·size, size]`, by `xavierUniform`, biases 0.
 *
 * @example
 * const attention = nn.multiHeadAttention(64, 8, { causal: true });
 * attention.apply(attention.init(random(0)), zeros([2, 10, 64])).shape // [2, 10, 64]
 * @throws RangeError `multiHeadAttention: a size of 64 does not divide into 7 heads.`
 * @see Vaswani et al., Attention Is All You Need (2017)
 */
export function multiHeadAttention<const E extends number>(
  size: E,
  heads: number,
  { bias = true, causal = false, kdim = size, vdim = size }: MultiHeadAttentionOptions = {},
): MultiHeadAttention<E> {
  checkSizes("multiHeadAttention", { size, heads, kdim, vdim });
  if (size % heads !== 0)
    throw new RangeError(`multiHeadAttention: a size of ${size} does not divide into ${heads} heads.`);
  const packed = kdim === size && vdim === size;
  const declare = (columns: number, rows: number = size) => ({ shape: [rows, columns], initializer: xavierUniform });
  const parameters: Declarations = {
    ...(packed
      ? { inProjWeight: declare(size, 3 * size) }
      : { qProjWeight: declare(size), kProjWeight: declare(kdim), vProjWeight: declare(vdim) }),
    ...(bias && { inProjBias: { shape: [3 * size], initializer: constant(0) } }),
    outProjWeight: { shape: [size, size], initializer: within(1 / Math.sqrt(size)) },
    ...(bias && { outProjBias: { shape: [size], initializer: constant(0) } }),
  };

  const attend = (
    params: AttentionParams,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    { mask, keyMask, causal: onlyBefore = false }: AttendOptions,
  ) => {
    for (const [x, n] of [
      [query, size],
      [key, kdim],
      [value, vdim],
    ] as const) {
      checkAxes("multiHeadAttention", x.shape, 3);
      checkLast("multiHeadAttention", x.shape, n);
    }
    if (key.shape[1] !== value.shape[1])
      throw new ShapeError(
        `multiHeadAttention: keys of shape ${writeShape(key.shape)} and values of shape ${writeShape(value.shape)} differ in number`,
      );
    checkParameters("multiHeadAttention", parameters, params);
    const [q, k, v] = project(params, query, key, value, size).map((x) => split(x, heads)) as [Tensor, Tensor, Tensor];
    const visible = join(mask, keyMask?.reshape([keyMask.shape[0]!, 1, 1, keyMask.shape.at(-1)!]));
    const weights = attentionWeights(q, k, { ...visible, causal: onlyBefore });
    const merged = (weights.matmul(v) as Tensor)
      .permute([0, 2, 1, 3])
      .reshape([query.shape[0]!, query.shape[1]!, size]);
    const { outProjWeight: weight, outProjBias } = params;
    return {
      output: affine(merged, { weight, ...(outProjBias && { bias: outProjBias }) }),
      weights: weights.mean(1) as Tensor,
    };
  };

  const made = layer<AttentionFlow<E>, AttentionParams, None>({
    name: "multiHeadAttention",
    settings: [size, heads, ...(causal ? ["causal"] : [])],
    parameters,
    flow: (x) => {
      checkAxes("multiHeadAttention", x, 3);
      checkLast("multiHeadAttention", x, size);
      return x;
    },
    run: (params, x) => attend(params, x, x, x, { causal }).output,
  });
  return Object.assign(made, {
    attend: (params: AttentionParams, query: Tensor, key: Tensor, value: Tensor, options: AttendOptions = {}) =>
      attend(params, query, key, value, options) as never,
  });
}

/** Queries, keys and values of all heads side by side. */
function project(params: AttentionParams, query: Tensor, key: Tensor, value: Tensor, size: number): Tensor[] {
  const { inProjWeight, inProjBias } = params;
  const third = (x: Tensor | undefined, i: number) => x?.slice([i * size, (i + 1) * size]) as Tensor | undefined;
  const own = ["qProjWeight", "kProjWeight", "vProjWeight"];
  return [query, key, value].map((x, i) => {
    const weight = third(inProjWeight, i) ?? params[own[i]!]!;
    const bias = third(inProjBias, i);
    return affine(x, { weight, ...(bias && { bias }) });
  });
}

/** `[N, T, E]` to `[N, heads, T, E / heads]`. */
function split(x: Tensor, heads: number): Tensor {
  const [n, t, e] = x.shape as readonly [number, number, number];
  return x.reshape([n, t, heads, e / heads]).permute([0, 2, 1, 3]);
}

/** One mask of two; what is added stays beside what is hidden. */
function join(mask: Tensor | undefined, keyMask: Tensor | undefined): { readonly mask?: Tensor } {
  if (mask === undefined || keyMask === undefined) {
    const only = mask ?? keyMask;
    return only === undefined ? {} : { mask: only };
  }
  if (mask.dtype !== "bool")
    throw new TypeError(`multiHeadAttention: a mask of dtype ${mask.dtype} beside a keyMask where bool is needed.`);
  return { mask: mask.and(keyMask) };
}
