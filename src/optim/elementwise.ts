import { type DType, type TypedArray, toArray } from "../tensor/dtype.ts";
import { stage } from "../tensor/stage.ts";
import { Tensor } from "../tensor/tensor.ts";
import { leavesOf, mapTree, type Tree, withLeaves } from "../tensor/tree.ts";
import { checkGradients, checkParams } from "./check.ts";
import { type Settings, withSettings } from "./display.ts";
import { fuse } from "./fuse.ts";
import {
  type Coefficients,
  follow,
  fresh,
  type Optimizer,
  type Rate,
  type State,
  type UpdateOptions,
} from "./optimizer.ts";

/** An optimizer that treats every element of every parameter alike, as its formula. */
export interface Rule<Slot extends string, C extends string, N extends string = never> {
  readonly name: string;
  readonly lr: Rate;
  /** All that it was made with, to be shown. */
  readonly settings: Settings;
  /** What is kept for each element, and its value before the first step. */
  readonly slots: { readonly [K in Slot]: number };
  /** Numbers that go from step to step, before the first one. */
  readonly numbers?: { readonly [K in N]: number };
  /** The same after step `t`, which counts from 1. */
  advance?(t: number, numbers: { readonly [K in N]: number }): { readonly [K in N]: number };
  /** What depends on the step alone, so that it is computed once and not for each element; `t` counts from 1. */
  coefficients(lr: number, t: number, numbers: { readonly [K in N]: number }): { readonly [K in C]: number };
  /** The new parameter and the new slots, in ops: element by element, without broadcasting. */
  formula(
    g: Tensor,
    p: Tensor,
    slots: { readonly [K in Slot]: Tensor },
    c: { readonly [K in C]: Tensor | number },
  ): { readonly [K in Slot | "p"]: Tensor };
}

/**
 * The optimizer of a rule. The formula stands once, in ops: abstract and traced tensors go through it as it is, tensors with values go through one loop
 * that is compiled from it.
 */
export function elementwise<Slot extends string, C extends string, N extends string = never>(
  rule: Rule<Slot, C, N>,
): Optimizer {
  const slots = Object.keys(rule.slots) as Slot[];
  const zeroth = (rule.numbers ?? {}) as { readonly [K in N]: number };
  const advance = (state: State) =>
    rule.advance?.(state.step + 1, state.numbers as { readonly [K in N]: number }) ?? zeroth;
  const coefficients = (state: State, lr = toRate(rule, state.step)) =>
    rule.coefficients(lr, state.step + 1, advance(state));
  const names = Object.keys(rule.coefficients(0, 1, advance({ ...fresh, numbers: zeroth }))) as C[];
  const run = (inputs: readonly Tensor[], c: readonly (Tensor | number)[]): Tensor[] => {
    const [g, p, ...rest] = inputs as [Tensor, Tensor, ...Tensor[]];
    const next = rule.formula(g, p, zip(slots, rest), zip(names, c));
    return ["p" as const, ...slots].map((name) => next[name]);
  };
  const loop = fuse(run, 2 + slots.length, names.length);

  /** The numbers of this step for parameters of a dtype; while a function is compiled they are tensors that are filled before each run. */
  const toCoefficients = (state: State, { coefficients: given, lr }: UpdateOptions) => {
    const order = (c: Coefficients) => names.map((name) => c[name]!);
    const later = given === undefined ? stage.current?.compute(state, lr, coefficients) : undefined;
    if (later !== undefined) return (dtype: DType) => order(later(dtype === "float64" ? dtype : "float32"));
    const values = order(given ?? coefficients(state, lr instanceof Tensor ? lr.item() : lr));
    return () => values;
  };

  const step = (inputs: readonly Tensor[], c: readonly (Tensor | number)[]): Tensor[] => {
    const { shape, dtype } = inputs[1]!;
    if (!inputs.every(isPlain) || !c.every((each) => typeof each === "number"))
      return run(inputs, c).map((each) => each.to(dtype));
    const outputs = inputs.slice(1).map((each): TypedArray => toArray(dtype, each.size));
    loop(
      inputs.map((each) => each.data),
      c,
      outputs,
    );
    return outputs.map((data) => new Tensor(data, shape, dtype));
  };

  const optimizer: Optimizer = {
    name: rule.name,
    takesTensor: true,
    coefficients,
    init(params) {
      checkParams(rule.name, params);
      const initial = slots.map((slot) => [slot, mapTree((leaf) => filled(leaf, rule.slots[slot]), params)]);
      return { ...fresh, slots: Object.fromEntries(initial), numbers: zeroth };
    },
    update(gradients, state, params, options = {}) {
      checkGradients(rule.name, gradients, state, params, slots);
      const find = toCoefficients(state, options);
      const columns = [gradients, params, ...slots.map((slot) => state.slots[slot] as Tree)].map(leavesOf);
      const rows = columns[0]!.map((_, i) =>
        step(
          columns.map((column) => column[i]!),
          find(columns[1]![i]!.dtype),
        ),
      );
      const column = (k: number) =>
        withLeaves(
          params,
          rows.map((row) => row[k]!),
        );
      return {
        params: column(0),
        state: follow(state, (before) => ({ step: before.step + 1, numbers: advance(before) }), {
          slots: Object.fromEntries(slots.map((slot, k) => [slot, column(k + 1)])),
        }),
      };
    },
  };
  return withSettings(optimizer, rule.settings, slots);
}

/** The learning rate of a step, or the sentence: `adam: lr must be at least 0, got -1 at step 7.` */
function toRate({ name, lr }: { readonly name: string; readonly lr: Rate }, step: number): number {
  if (typeof lr === "number") return lr;
  const rate = lr(step);
  if (!(rate >= 0)) throw new RangeError(`${name}: lr must be at least 0, got ${rate} at step ${step}.`);
  return rate;
}

/** Values that nobody watches. */
function isPlain(tensor: Tensor): boolean {
  return tensor.hasData && !tensor.trace?.tracer.live;
}

function filled({ size, shape, dtype }: Tensor, value: number): Tensor {
  const data = toArray(dtype, size);
  if (value !== 0) data.fill(value);
  return new Tensor(data, shape, dtype);
}

function zip<K extends string, V>(keys: readonly K[], values: readonly V[]): { readonly [P in K]: V } {
  return Object.fromEntries(keys.map((key, i) => [key, values[i]])) as { readonly [P in K]: V };
}
