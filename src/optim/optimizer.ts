import { stage } from "../tensor/stage.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tensor/tree.ts";

/** A learning rate, or one for each step: `step => number`, the first step is 0. */
export type Rate = number | ((step: number) => number);

/**
 * What an optimizer remembers between steps: a plain tree of tensors and numbers, to print, to copy, to save and to go on from.
 */
export interface State<P extends Tree = Tree> {
  /** Updates made so far. */
  readonly step: number;
  /** What is kept for each parameter, by name and in the form of the parameters: `slots.average.weight`. */
  readonly slots: { readonly [name: string]: P };
  /** What is kept for all of them together. */
  readonly numbers: { readonly [name: string]: number };
  /** Earlier steps, oldest first (`lbfgs`). */
  readonly history: { readonly [name: string]: readonly P[] };
  /** The states of what is joined by `chain`. */
  readonly parts: readonly State<P>[];
}

/** The numbers that change from step to step: learning rate, corrections of bias. A compiled step takes them as tensors. */
export type Coefficients = { readonly [name: string]: number | Tensor };

export interface UpdateOptions<P extends Tree = Tree> {
  /** Another learning rate for this step, as `schedule.reduceOnPlateau` gives it; to a function that is compiled it comes as a tensor among the arguments. */
  readonly lr?: number | Tensor;
  /** What {@link Optimizer.coefficients} gave for this state: for a function that is compiled once and run for many steps. */
  readonly coefficients?: Coefficients;
  /** The loss at the parameters, for `lbfgs`; found with `evaluate` unless given. */
  readonly value?: Tensor | number;
  /** The loss and its gradient at other parameters, for `lbfgs`: what `valueAndGrad` makes. */
  evaluate?(params: P): readonly [value: Tensor | number, gradients: P];
}

/**
 * How parameters follow from gradients: two pure functions. Nothing is changed in place, so an older state or older parameters stay as they were.
 *
 * `update` returns new *parameters*, where optax returns updates that are still to be added, and PyTorch's `step()` writes into the old ones.
 *
 * @example
 * const optimizer = optim.adam({ lr: 0.1 });
 * let params = { w: tensor([1, -2]) };
 * let state = optimizer.init(params);
 * const gradients = grad((p: typeof params) => p.w.square().sum())(params);
 * ({ params, state } = optimizer.update(gradients, state, params));
 * params.w.toString() // [ 0.9 -1.9]
 */
export interface Optimizer {
  /** `adam`, for messages. */
  readonly name: string;
  /** True if the learning rate given to `update` may be a tensor, so that it can change without another graph. */
  readonly takesTensor?: boolean;
  /** The state before the first step. */
  init<P extends Tree>(params: P): State<P>;
  /** Parameters and state after one step. */
  update<P extends Tree>(
    gradients: NoInfer<P>,
    state: State<NoInfer<P>>,
    params: P,
    options?: UpdateOptions<NoInfer<P>>,
  ): { params: P; state: State<P> };
  /** The same, of an optimizer that asks for the loss at other parameters, where that is known later: by a function that is compiled. */
  updateLater?<P extends Tree>(
    gradients: NoInfer<P>,
    state: State<NoInfer<P>>,
    params: P,
    options: Pick<UpdateOptions<P>, "lr" | "value"> & {
      evaluate(params: P): Promise<readonly [value: Tensor | number, gradients: P]>;
    },
  ): Promise<{ params: P; state: State<P> }>;
  /** The numbers of the next step from this state. */
  coefficients(state: State, lr?: number): Coefficients;
}

/** Something done to gradients before an optimizer sees them: `clipByGlobalNorm`. Joined to one with `chain`. */
export interface Transform {
  readonly name: string;
  init<P extends Tree>(params: P): State<P>;
  update<P extends Tree>(gradients: P, state: State<NoInfer<P>>, params: NoInfer<P>): { gradients: P; state: State<P> };
}

/** A state that remembers nothing. */
export const fresh = { step: 0, slots: {}, numbers: {}, history: {}, parts: [] } as const satisfies State;

/** The state after another one: new plain parts, computed from it, beside new tensors. While a function is compiled that is done after each of its runs. */
export function follow<P extends Tree>(
  state: State<P>,
  compute: (state: State) => Pick<State, "step" | "numbers">,
  rest: Partial<Pick<State<P>, "slots" | "history" | "parts">>,
): State<P> {
  const kept = { slots: {}, history: {}, parts: [], ...rest };
  return stage.current?.follow(state, compute, kept) ?? { ...fresh, ...kept, ...compute(state) };
}
