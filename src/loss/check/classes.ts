import {
  type Checked,
  type Ranked,
  type Shape,
  ShapeError,
  type Size,
  sameShape,
  type Unsized,
  type Write,
  type WriteSize,
  type Wrong,
  writeShape,
} from "../../tensor/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { writePlace } from "./each.ts";
import type { Match } from "./match.ts";
import { checkTensor } from "./tensor.ts";

/** How many classes logits of `[C]` or `[N, C, …]` tell apart. */
export type Classes<Z extends Shape> = Z extends readonly [infer C extends Size]
  ? C
  : Z extends readonly [Size, infer C extends Size, ...Shape]
    ? C
    : number;

/** The shape without the classes, one label at each place: `[N, C, T]` gives `[N, T]`. */
export type Places<Z extends Shape> =
  Ranked<Z> extends false
    ? Shape
    : Z extends readonly [infer N extends Size, Size, ...infer Rest extends Shape]
      ? readonly [N, ...Rest]
      : readonly [];

/** `unknown` if T may be targets of logits Z – a label at each place –, else the sentence. */
export type Labels<Name extends string, What extends string, Z extends Shape, T extends Shape> = Checked<
  AreLabels<Name, What, Z, T>
>;
type AreLabels<Name extends string, What extends string, Z extends Shape, T extends Shape> =
  unknown extends Match<"", T, Places<Z>> ? unknown : Wrong<Mismatch<Name, What, Z, T>>;

/** The same where targets may also be probabilities, of the shape of the logits. */
export type Targets<Name extends string, What extends string, Z extends Shape, T extends Shape> = Checked<
  AreTargets<Name, What, Z, T>
>;
type AreTargets<Name extends string, What extends string, Z extends Shape, T extends Shape> = [T] extends [Z]
  ? unknown
  : unknown extends Match<"", T, Z> | Match<"", T, Places<Z>>
    ? unknown
    : Wrong<Mismatch<Name, What, Z, T>>;

type Mismatch<Name extends string, What extends string, Z extends Shape, T extends Shape> = Z extends readonly []
  ? `${Name}: ${What} of shape [] where [N, C] is needed`
  : T extends readonly [...Unsized<Z>, Size, ...Shape]
    ? `${Name}: ${What} of shape [${Write<Z>}] beside targets of shape [${Write<T>}] – labels where ${What} belong`
    : `${Name}: ${What} of shape [${Write<Z>}] need ${Needed<Z>}, got shape [${Write<T>}].`;
type Needed<Z extends Shape> = Z extends readonly [Size]
  ? "1 target"
  : Z extends readonly [infer N extends Size, Size]
    ? `${WriteSize<N>} targets`
    : `targets of shape [${Write<Places<Z>>}]`;

/** The axis of the classes: the second, or the only one. */
export function toClassAxis(scores: Tensor): number {
  return scores.rank === 1 ? 0 : 1;
}

/** True if the target holds probabilities, false if it holds labels; anything else is the sentence. */
export function checkTargets(name: string, what: string, scores: Tensor, target: Tensor): boolean {
  checkTensor(name, scores);
  checkTensor(name, target);
  if (scores.rank > 0 && sameShape(target.shape, scores.shape)) return true;
  checkLabelled(name, what, scores, target);
  return false;
}

/** The target has one label at each place. */
export function checkLabelled(name: string, what: string, scores: Tensor, target: Tensor): void {
  checkTensor(name, scores);
  checkTensor(name, target);
  const { shape, rank } = scores;
  if (rank === 0) throw new ShapeError(`${name}: ${what} of shape [] where [N, C] is needed`);
  const places = shape.filter((_, axis) => axis !== toClassAxis(scores));
  if (sameShape(target.shape, places)) return;
  const got = writeShape(target.shape);
  if (target.rank > rank)
    throw new ShapeError(
      `${name}: ${what} of shape ${writeShape(shape)} beside targets of shape ${got} – labels where ${what} belong`,
    );
  const needed =
    rank === 1 ? "1 target" : rank === 2 ? `${shape[0]} targets` : `targets of shape ${writeShape(places)}`;
  throw new ShapeError(`${name}: ${what} of shape ${writeShape(shape)} need ${needed}, got shape ${got}.`);
}

/** Every label is a class, or the one that is ignored: `crossEntropy: label 7 is out of range for 3 classes (at index 2).` */
export function checkClasses(name: string, target: Tensor, classes: number, ignoreIndex?: number): void {
  if (!target.hasData) return;
  const { data, shape } = target;
  for (let i = 0; i < data.length; i++) {
    const label = data[i]!;
    if (label === ignoreIndex || (Number.isInteger(label) && label >= 0 && label < classes)) continue;
    const claim = Number.isInteger(label) ? `is out of range for ${classes} classes` : "is not a whole number";
    throw new RangeError(`${name}: label ${label} ${claim}${writePlace(i, shape)}.`);
  }
}
