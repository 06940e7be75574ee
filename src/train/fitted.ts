import type { State } from "../optim/optimizer.ts";
import type { State as GeneratorState } from "../tensor/random/bits.ts";
import type { Tree } from "../tensor/tree.ts";
import type { History } from "./history.ts";
import { describe, toDetails, toText } from "./table.ts";

/** Where a training stood when it ended. */
export interface Position<P extends Tree = Tree, S extends Tree = Tree> {
  readonly epoch: number;
  readonly step: number;
  readonly seed: number;
  readonly generator: GeneratorState;
  /** Where the parameters given back are those of the best epoch: the last ones. */
  readonly latest?: { readonly params: P; readonly state: S };
}

/** All that `fit` needs to go on as if it had not stopped. */
export interface Resumable<P extends Tree = Tree, S extends Tree = Tree> {
  readonly params: P;
  readonly state: S;
  readonly optimizerState: State<P>;
  readonly history: History;
  readonly position: Position<P, S>;
}

/**
 * What `fit` gives back: the parameters, what the optimizer remembers, and what was measured. As the value of a cell it is a short table of epochs, which is folded
 * where the notebook has the curve already.
 */
export class Fitted<P extends Tree = Tree, S extends Tree = Tree, M extends string = string>
  implements Resumable<P, S>
{
  readonly params: P;
  /** What layers keep beside parameters: the running statistics of `batchNorm`. */
  readonly state: S;
  readonly optimizerState: State<P>;
  readonly history: History<M>;
  /** Why it ended: all epochs done, nothing improved any more, or a callback said so. */
  readonly ended: "finished" | "early" | "callback";
  /** The epoch, counted from 1, that early stopping found best. */
  readonly bestEpoch: number | undefined;
  readonly position: Position<P, S>;
  readonly #isDrawn: boolean;

  constructor(
    parts: Resumable<P, S> & {
      readonly history: History<M>;
      readonly ended: "finished" | "early" | "callback";
      readonly bestEpoch: number | undefined;
      /** The notebook has its curve already. */
      readonly isDrawn?: boolean;
    },
  ) {
    this.params = parts.params;
    this.state = parts.state;
    this.optimizerState = parts.optimizerState;
    this.history = parts.history;
    this.ended = parts.ended;
    this.bestEpoch = parts.bestEpoch;
    this.position = parts.position;
    this.#isDrawn = parts.isDrawn ?? false;
  }

  /** `20 epochs: training loss 1.1 → 0.23, validation 0.31.` */
  toString(): string {
    return describe(this);
  }

  [Symbol.for("Jupyter.display")](): Record<string, unknown> {
    return { "text/plain": this.#text, "text/html": toDetails(this, this.#isDrawn) };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.#text;
  }

  get #text(): string {
    return `${describe(this)}\n${toText(this.history)}`;
  }
}
