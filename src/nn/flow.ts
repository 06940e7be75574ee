// What a layer makes of a shape, as a type that can be handed on: `sequential` runs the layers' flows one after the other.
import type { Checked, Ranked, Same, Shape, Size, WriteSize, Wrong } from "../tensor/shape/shape.ts";

/** From the shape `x` to the shape `out`; `wrong` is `unknown`, or the sentence as a type. A layer extends it with formulas in `Input<this>`. */
export interface Flow {
  /** `unknown`, so that the intersection with a shape is that shape. */
  readonly x: unknown;
  readonly out: Shape;
  readonly wrong: unknown;
}

/** The shape that comes out, as far as it is known: `readonly [...number[], 10]` if only the last axis is. */
export type Gives<F extends Flow, X extends Shape> = (F & { readonly x: X })["out"];

/** `unknown`, or the sentence. */
export type Takes<F extends Flow, X extends Shape> = Checked<(F & { readonly x: X })["wrong"]>;

/** A shape of unknown rank is no more than that once it has left the layer. */
export type Close<S extends Shape> = Ranked<S> extends false ? Shape : S;

/** The shape that a flow is asked about. */
export type Input<F extends Flow> = F["x"] extends infer X extends Shape ? X : Shape;

/** A layer that does not change the shape, and takes any. */
export interface SameFlow extends Flow {
  readonly out: Input<this>;
  readonly wrong: unknown;
}

/** As {@link Write}, and of a shape whose last axes alone are known: `…, 10`. */
export type WriteOpen<S extends Shape> = S extends readonly []
  ? ""
  : S extends readonly [...infer R extends Shape, infer N extends Size]
    ? R extends readonly []
      ? WriteSize<N>
      : `${WriteOpen<R>}, ${WriteSize<N>}`
    : "…";

/** `unknown` if the last axis has size `N` or is not known. */
export type LastIs<Name extends string, X extends Shape, N extends Size> = X extends readonly []
  ? Wrong<`${Name}: an input of shape [] where […, ${WriteSize<N>}] is needed`>
  : X extends readonly [...Shape, infer M extends Size]
    ? Same<M, N> extends true
      ? unknown
      : Wrong<`${Name}: an input of shape [${WriteOpen<X>}] where […, ${WriteSize<N>}] is needed`>
    : unknown;

/** The last axis replaced. */
export type LastBecomes<X extends Shape, N extends Size> = X extends readonly [...infer R extends Shape, Size]
  ? readonly [...R, N]
  : readonly [...number[], N];

/** `unknown` if axis 1 has size `N` or is not known. */
export type ChannelsAre<Name extends string, X extends Shape, N extends Size> =
  Ranked<X> extends false
    ? unknown
    : X extends readonly [Size, infer C extends Size, ...Shape]
      ? Same<C, N> extends true
        ? unknown
        : Wrong<`${Name}: an input of shape [${WriteOpen<X>}] where [?, ${WriteSize<N>}, …] is needed`>
      : Wrong<`${Name}: an input of shape [${WriteOpen<X>}] where [?, ${WriteSize<N>}, …] is needed`>;

/** `unknown` if the last axes have the sizes `N` or are not known. */
export type LastAre<Name extends string, X extends Shape, N extends Shape> =
  TrailFits<X, N> extends true
    ? unknown
    : Wrong<`${Name}: an input of shape [${WriteOpen<X>}] where […, ${WriteOpen<N>}] is needed`>;
type TrailFits<X extends Shape, N extends Shape> = N extends readonly [...infer M extends Shape, infer L extends Size]
  ? X extends readonly [...infer R extends Shape, infer K extends Size]
    ? Same<K, L> extends true
      ? TrailFits<R, M>
      : false
    : X extends readonly []
      ? false
      : true
  : true;
