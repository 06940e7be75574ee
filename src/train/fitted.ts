import { type Exported, type ExportOptions, exportOnnx } from "../compile/export/exportOnnx.ts";
import type { State } from "../optim/optimizer.ts";
import type { State as GeneratorState } from "../tensor/random/bits.ts";
import type { Tree } from "../tensor/tree.ts";
import type { History } from "./history.ts";
import { describe, toDetails, toText } from "./table.ts";

/** The model, and an input as it was trained on; without values. */
interface Predict {
  readonly apply: (params: Tree, x: Tree, state: Tree) => unknown;
  readonly example: Tree;
}

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
  readonly #predict: Predict | undefined;

  constructor(
    parts: Resumable<P, S> & {
      readonly history: History<M>;
      readonly ended: "finished" | "early" | "callback";
      readonly bestEpoch: number | undefined;
      /** The notebook has its curve already. */
      readonly isDrawn?: boolean;
      readonly predict?: Predict;
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
    this.#predict = parts.predict;
  }

  /**
   * Writes the trained model at evaluation to a file that any ONNX runtime loads, for inputs like those it was trained on; the number of rows stays open where the
   * model allows it.
   *
   * @example
   * const fitted = await train.fit(nn.linear(4, 3), { data: data.iris(), loss: loss.crossEntropy });
   * const written = await fitted.export("iris.onnx");
   * written.inputs // [{ name: "x", shape: ["batch", 4], dtype: "float32" }]
   */
  async export(path: string | URL, options: ExportOptions = {}): Promise<Exported> {
    if (this.#predict === undefined)
      throw new TypeError("export: this Fitted was not made by fit; use exportOnnx(f, examples, path).");
    const { apply, example } = this.#predict;
    return exportOnnx((x: Tree) => apply(this.params, x, this.state) as Tree, [example], path, options);
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
