import type { Add, Multiply, Subtract } from "./arithmetic.ts";
import type { Checked, Ranked, Same, Shape, Size, Write, Wrong } from "./shape.ts";

type Get<O, K extends string, Default> = O extends { readonly [P in K]: infer V } ? V : Default;
type At<P, I extends 0 | 1> = P extends readonly [infer H extends number, infer W extends number]
  ? [H, W][I]
  : P extends number
    ? P
    : number;

/** `(L – 1)·stride – 2·padding + dilation·(K – 1) + outputPadding + 1`. */
type Enlarged<L extends Size, K extends Size, O, I extends 0 | 1> = Subtract<
  Add<
    Add<Multiply<Subtract<L, 1>, At<Get<O, "stride", 1>, I>>, Multiply<At<Get<O, "dilation", 1>, I>, Subtract<K, 1>>>,
    Add<At<Get<O, "outputPadding", 0>, I>, 1>
  >,
  Multiply<2, At<Get<O, "padding", 0>, I>>
>;

/** Input `[N, C, H, W]`, weight `[C, O / groups, kH, kW]`. */
export type ConvTranspose2d<X extends Shape, W extends Shape, O> = X extends readonly [
  infer N extends Size,
  Size,
  infer H extends Size,
  infer L extends Size,
]
  ? W extends readonly [Size, infer C extends Size, infer KH extends Size, infer KW extends Size]
    ? readonly [N, Multiply<C, Get<O, "groups", 1> & number>, Enlarged<H, KH, O, 0>, Enlarged<L, KW, O, 1>]
    : readonly [N, number, number, number]
  : Ranked<X> extends false
    ? readonly [number, number, number, number]
    : Shape;

/** Input `[N, C, L]`, weight `[C, O / groups, K]`. */
export type ConvTranspose1d<X extends Shape, W extends Shape, O> = X extends readonly [
  infer N extends Size,
  Size,
  infer L extends Size,
]
  ? W extends readonly [Size, infer C extends Size, infer K extends Size]
    ? readonly [N, Multiply<C, Get<O, "groups", 1> & number>, Enlarged<L, K, O, 1>]
    : readonly [N, number, number]
  : Ranked<X> extends false
    ? readonly [number, number, number]
    : Shape;

/** `unknown` if ranks and channels fit, else the sentence. */
export type TransposeConvolvable<
  X extends Shape,
  W extends Shape,
  Name extends string = "convTranspose2d",
  Rank extends number = 4,
> = Checked<DoTransposeConvolve<X, W, Name, Rank>>;
type DoTransposeConvolve<X extends Shape, W extends Shape, Name extends string, Rank extends number> =
  Ranked<X> extends false
    ? unknown
    : Ranked<W> extends false
      ? unknown
      : X["length"] extends Rank
        ? W["length"] extends Rank
          ? Same<X[1] & number, W[0] & number> extends true
            ? unknown
            : Wrong<`${Name}: an input of shape [${Write<X>}] has ${X[1] & number} channels, a weight of shape [${Write<W>}] takes ${W[0] & number}`>
          : Wrong<`${Name}: a weight of shape [${Write<W>}] where ${Rank} axes are needed`>
        : Wrong<`${Name}: an input of shape [${Write<X>}] where ${Rank} axes are needed`>;
