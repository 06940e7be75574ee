import { apply, find } from "../op/apply.ts";
import type { Vjp } from "../op/op.ts";
import type { OpName } from "../op/signature.ts";
import { zerosLike } from "../tensor/create.ts";
import { isFloat } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Trace, Tracer } from "../tensor/trace.ts";

/** One recorded operation: which entries it came from (-1: a constant), and how a gradient gets back to each of them. */
interface Entry {
  readonly sources: readonly number[];
  pull(g: Tensor, index: number): Tensor;
}

interface TapeTrace extends Trace {
  readonly tracer: Tape;
  readonly primal: Tensor;
  readonly entry: number;
}

let depth = 0;

/** True while a function is being differentiated. */
export function isTaping(): boolean {
  return depth > 0;
}

/**
 * A record of what a function did to its parameters.
 *
 * 1. `watch` makes tensors whose operations are recorded
 * 2. each operation runs on the values one level further out (where an outer tape may record it in turn) and leaves an entry
 * 3. `gradients` walks the entries backwards; the rules are written in ops, on the outer level, so that nothing is recorded twice
 * 4. `end` lets go of everything: what the function has kept are ordinary tensors from then on
 */
export class Tape implements Tracer {
  readonly level = ++depth;
  live = true;
  #entries: Entry[] = [];

  watch(primal: Tensor): Tensor {
    return this.#record(primal, { sources: [], pull: (g) => g });
  }

  apply(name: string, inputs: readonly Tensor[], attrs: object): Tensor {
    const primals = inputs.map((input) => this.#primalOf(input));
    const output = apply(name as OpName, primals as never, attrs as never);
    const rules = find(name).vjp as null | Vjp | readonly (Vjp | null)[];
    if (rules === null || !isFloat(output.dtype)) return output;
    const sources = inputs.map((input, i) =>
      typeof rules === "object" && rules[i] === null ? -1 : this.#entryOf(input),
    );
    if (sources.every((source) => source < 0)) return output;
    return this.#record(output, {
      sources,
      pull: (g, i) => (typeof rules === "function" ? rules : rules[i]!)(g, primals as never, output, attrs, apply, i),
    });
  }

  /** Records a whole function with a gradient of its own. */
  applyCustom(
    inputs: readonly Tensor[],
    forward: (inputs: readonly Tensor[]) => Tensor,
    backward: (g: Tensor, inputs: readonly Tensor[], output: Tensor) => readonly Tensor[],
  ): Tensor {
    const primals = inputs.map((input) => this.#primalOf(input));
    const output = forward(primals);
    let pulled: { g: Tensor; parts: readonly Tensor[] } | undefined;
    return this.#record(output, {
      sources: inputs.map((input) => this.#entryOf(input)),
      pull: (g, i) => {
        if (pulled?.g !== g) pulled = { g, parts: backward(g, primals, output) };
        return pulled.parts[i]!;
      },
    });
  }

  /** The value without this tape. */
  release(tensor: Tensor): Tensor {
    return this.#primalOf(tensor);
  }

  /** Gradients of `output` with respect to watched tensors, given what reaches it (`seed`); zero where nothing does. */
  gradients(output: Tensor, seed: Tensor, watched: readonly Tensor[]): Tensor[] {
    const reached: (Tensor | undefined)[] = new Array(this.#entries.length);
    const from = this.#entryOf(output);
    if (from >= 0) reached[from] = seed;
    const first = watched.reduce((least, each) => Math.min(least, this.#entryOf(each)), from);
    const kept = new Set(watched.map((each) => this.#entryOf(each)));
    for (let at = from; at > first; at--) {
      const g = reached[at];
      if (g === undefined) continue;
      const { sources, pull } = this.#entries[at]!;
      sources.forEach((source, i) => {
        if (source < 0) return;
        const part = pull(g, i);
        const before = reached[source];
        reached[source] = before === undefined ? part : before.add(part);
      });
      if (!kept.has(at)) reached[at] = undefined;
    }
    return watched.map((each) => reached[this.#entryOf(each)] ?? zerosLike(each));
  }

  end(): void {
    this.live = false;
    this.#entries = [];
    depth--;
  }

  #record(primal: Tensor, entry: Entry): Tensor {
    const trace: TapeTrace = { tracer: this, primal, entry: this.#entries.push(entry) - 1 };
    return new Tensor(primal.hasData ? primal.data : undefined, primal.shape, primal.dtype, trace);
  }

  #primalOf(tensor: Tensor): Tensor {
    return tensor.trace?.tracer === this ? (tensor.trace as TapeTrace).primal : tensor;
  }

  #entryOf(tensor: Tensor): number {
    return tensor.trace?.tracer === this ? (tensor.trace as TapeTrace).entry : -1;
  }
}
