import type { Tensor } from "../tensor.ts";
import type { Broadcast, Broadcastable } from "./broadcast.ts";
import type { Shape } from "./shape.ts";

/** What stands on the right of an operator: a tensor or a number. */
export type Operand = Tensor | number;

export type ShapeOfOperand<O extends Operand> = O extends Tensor<infer B> ? B : readonly [];

/** `unknown` if the operand broadcasts with the tensor, else the sentence. */
export type Fits<Name extends string, T extends Tensor, O extends Operand> = [O] extends [number]
  ? unknown
  : Broadcastable<Name, T["shape"], ShapeOfOperand<O>>;

/** The result of an operator on a tensor and an operand. */
export type Both<T extends Tensor, O extends Operand> = [O] extends [number]
  ? Tensor<T["shape"]>
  : Tensor<Broadcast<T["shape"], ShapeOfOperand<O>>>;

/** Shapes of a list of tensors. */
export type ShapesOf<L extends readonly Tensor[]> = {
  readonly [K in keyof L]: L[K] extends Tensor<infer S extends Shape> ? S : Shape;
};
