import type { Optimizer } from "../optim/optimizer.ts";
import type { Schedule } from "../optim/schedule/schedule.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tensor/tree.ts";
import type { EarlyStopping } from "./earlyStopping.ts";
import type { FitEvent } from "./event.ts";
import type { Resumable } from "./fitted.ts";
import type { Plateau } from "./learningRate.ts";
import type { Saved } from "./safetensors/saved.ts";
import type { Source } from "./source.ts";

/** What the gradient is cut to before the optimizer sees it. A number is `{ norm: number }`. */
export type Clip = number | { readonly norm?: number; readonly value?: number };

/** Told what happens. Each may be left out. */
export interface Callbacks<P extends Tree = Tree, S extends Tree = Tree, M extends string = string> {
  onStart?(event: FitEvent<M>): void;
  onStep?(event: FitEvent<M>): void;
  /** May be async; training ends after the epoch if it returns `false`. The checkpoint is what `resume` takes: save it, and a stop costs one epoch. */
  onEpoch?(event: FitEvent<M>, checkpoint: Resumable<P, S>): unknown;
  onEnd?(event: FitEvent<M>): void;
}

/** The options of `fit`: parameters P, state S, data D, predictions O, targets Y, metrics M. */
export interface FitOptions<
  P extends Tree = Tree,
  S extends Tree = Tree,
  D = Source,
  O = unknown,
  Y = unknown,
  M extends string = string,
> {
  /** All rows (`{ x, y }`, `[x, y]`, a data set), or batches of them. */
  readonly data: D;
  /** From a prediction and its target to one number, as all of `loss` are. */
  readonly loss: (prediction: O, target: Y) => Tensor;
  /** `adam()` unless given. */
  readonly optimizer?: Optimizer;
  /** A learning rate for each step, in place of the optimizer's, or `reduceOnPlateau`, which sees the loss after each epoch. */
  readonly schedule?: Schedule | Plateau;
  /** What a schedule counts: `"step"` unless given, as in Keras and optax; PyTorch's tutorials call `scheduler.step()` after each epoch. */
  readonly schedulePer?: "step" | "epoch";
  /**
   * Data that is not trained on; or the share of the rows that is held back, drawn with the seed (the last rows, if `shuffle` is false). Keras always takes the
   * last rows, which in a sorted set are one class.
   */
  readonly validation?: number | Source;
  /** Rows in a batch: 32 unless given, as in Keras. */
  readonly batchSize?: number;
  /** Passes over the data: 1 unless given, as in Keras. Passes of a training that is resumed count. */
  readonly epochs?: number;
  /** Draw a new order of the rows for each epoch: true unless given. Batches that come ready are taken as they come. */
  readonly shuffle?: boolean;
  /** Leave out a last batch that is not full: false unless given. */
  readonly dropLast?: boolean;
  /** Numbers to watch, from targets and predictions, in this order, as in `metric`: `{ r2: metric.r2 }`. */
  readonly metrics?: { readonly [K in M]: (target: Y, prediction: O) => number | Tensor };
  /** Added to the loss in training, and shown in no curve: `(p) => loss.l2(p, { alpha: 1e-4 })`. */
  readonly penalty?: (params: NoInfer<P>) => Tensor;
  /** Cut gradients: `1` is a global norm of at most 1. */
  readonly clip?: Clip;
  /** Stop when nothing improves any more. */
  readonly earlyStopping?: EarlyStopping<NoInfer<M>>;
  /** Draws parameters, order and dropout; 0 unless given. `fit` begins with `model.init(random(seed))`. */
  readonly seed?: number;
  /** Begin with these parameters. */
  readonly params?: NoInfer<P>;
  /** Begin with this state. */
  readonly state?: NoInfer<S>;
  /**
   * What an earlier `fit` returned (or `load` read): goes on as if it had not stopped, bit for bit. Batches that come ready are outside of this: give a
   * function, which is told the epoch.
   */
  readonly resume?: Resumable<NoInfer<P>, NoInfer<S>> | Saved;
  readonly callbacks?:
    | Callbacks<NoInfer<P>, NoInfer<S>, NoInfer<M>>
    | readonly Callbacks<NoInfer<P>, NoInfer<S>, NoInfer<M>>[];
  /** Told everything: `event.kind` is "start", "step", "epoch" or "end". */
  readonly onProgress?: (event: FitEvent<NoInfer<M>>) => void;
  /**
   * Make each step as one graph, with the fastest engine there is: true unless given. `false` evaluates op by op in TypeScript: to look at values inside of a
   * model or a loss.
   */
  readonly compile?: boolean;
  /**
   * Show how far it is: true unless given. In a notebook one display with a bar and the loss curve, of which the chart stays; in a terminal one line. `"bar"`
   * leaves out the curve, `false` shows nothing.
   */
  readonly progress?: boolean | "bar";
}
