import type { Dataset } from "../data/dataset.ts";
import type { Part } from "../data/rows.ts";
import type { Flow, Takes } from "../nn/flow.ts";
import type { Same, Shape, Size, Write, WriteSize, Wrong } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tensor/tree.ts";

/** Inputs beside targets: `{ x, y }`, `[x, y]` or a data set. A model of one's own may take objects and arrays of tensors. */
export type Pair = { readonly x: Tree; readonly y: Tree } | readonly [x: Tree, y: Tensor] | Dataset;

/** Batches that are already cut: anything to iterate over, once an epoch. */
export type Batched = Iterable<Pair> | AsyncIterable<Pair>;

/**
 * What can be trained on: all rows at once, batches that can be iterated over again and again (`data.batches`, an array), or a function that opens the batches
 * of an epoch.
 */
export type Source = Pair | Batched | ((epoch: number) => Batched);

type Each<D> = D extends (epoch: number) => infer B
  ? Each<B>
  : D extends Iterable<infer B>
    ? B
    : D extends AsyncIterable<infer B>
      ? B
      : never;

type XOf<D> = D extends { readonly x: infer X }
  ? X
  : D extends readonly [infer X, Tensor]
    ? X
    : D extends { readonly features: infer X }
      ? X
      : never;

type YOf<D> = D extends { readonly y: infer Y }
  ? Y
  : D extends readonly [unknown, infer Y extends Tensor]
    ? Y
    : D extends { readonly target: infer Y }
      ? Y
      : never;

/** The inputs as the model sees them: of data in memory the number of rows is the batch's. */
export type BatchX<D> = [XOf<D>] extends [never] ? XOf<Each<D>> : Batch<XOf<D>>;

/** The targets as the loss sees them. */
export type BatchY<D> = [YOf<D>] extends [never] ? YOf<Each<D>> : Batch<YOf<D>>;

/** Of a tree of which nothing is known nothing is known afterwards; it would go on without end. */
type Batch<T> = Tree extends T ? T : Part<T>;

/** The inputs as they were given, for a sentence with their size. */
type Given<D> = [XOf<D>] extends [never] ? XOf<Each<D>> : XOf<D>;

/** `unknown`, or the sentence of the layer that does not take the inputs, or of rows that do not match. */
export type Fits<F extends Flow, D> =
  unknown extends RowsFit<D>
    ? [F] extends [never]
      ? unknown
      : [Given<D>] extends [Tensor<infer X extends Shape>]
        ? Takes<F, X>
        : unknown
    : RowsFit<D>;

/** `unknown` if inputs and targets have equally many rows, or may have. */
export type RowsFit<D> =
  XOf<D> extends Tensor<infer X extends Shape>
    ? YOf<D> extends Tensor<infer Y extends Shape>
      ? X extends readonly [infer N extends Size, ...Shape]
        ? Y extends readonly [infer M extends Size, ...Shape]
          ? Same<N, M> extends true
            ? unknown
            : Wrong<`fit: data: ${WriteSize<N>} rows in shape [${Write<X>}], ${WriteSize<M>} in [${Write<Y>}].`>
          : unknown
        : unknown
      : unknown
    : unknown;
