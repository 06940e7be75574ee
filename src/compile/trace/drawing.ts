import { find } from "../../op/apply.ts";
import type { OpName } from "../../op/signature.ts";
import { type TypedArray, toArray } from "../../tensor/dtype.ts";
import { Generator } from "../../tensor/random/random.ts";
import { sameShape, writeShape } from "../../tensor/shape/shape.ts";
import type { Stage } from "../../tensor/stage.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Trace, Tracer } from "../../tensor/trace.ts";
import type { Spec, Values } from "../../tensor/values.ts";
import type { Constant, Input, Node } from "../graph.ts";
import { findPlace } from "./place.ts";
import type { Computed, Plan, Run, Source } from "./plan.ts";

interface Drawn extends Trace {
  readonly tracer: Drawing;
  readonly node: Node;
}

/**
 * A function on its way to becoming a graph. Its arguments are tensors without values; what is done to them is written down.
 *
 * It is the outermost of all traces: the tape of a `grad` inside stands above it, and what the tape does to its own values arrives here.
 */
export class Drawing implements Tracer, Stage {
  readonly level = 0;
  live = true;
  readonly inputs: Input[] = [];
  readonly #sources = new Map<Input, Source>();
  readonly #steps: ((run: Run) => void)[] = [];
  readonly #constants = new Map<TypedArray, Constant[]>();
  readonly #generators = new Map<Generator, number>();
  readonly #made = new WeakSet<Generator>();
  readonly #states = new Map<object, number>();
  readonly #kept: Kept<object>[] = [];
  readonly #computed: Computed[] = [];
  #slots = 0;

  get plan(): Plan {
    return { steps: this.#steps, sources: this.#sources, computed: this.#computed, states: this.#kept.length };
  }

  /** A tensor of the arguments. */
  argument(name: string, { shape, dtype }: Spec, argument: number): Tensor {
    return this.#input(name, { shape, dtype }, { argument });
  }

  /** A generator of the arguments; the same one may be there twice. */
  generator(generator: Generator): void {
    this.#register(generator);
  }

  /** What the function gets in place of a state of the arguments: the same tensors, and numbers that call `onRead` when they are looked at. */
  state<S extends object>(state: S, plain: readonly (keyof S)[], rest: Partial<S>, onRead: () => void): S {
    return this.#standIn({ value: state, plain, onRead }, rest);
  }

  /** What stands for a state in a result, if it is one of those that follow from the arguments. */
  findState(value: object): { readonly index: number; readonly plain: readonly PropertyKey[] } | undefined {
    const index = this.#states.get(value);
    return index === undefined ? undefined : { index, plain: this.#kept[index]!.plain };
  }

  findGenerator(value: Generator): number | undefined {
    return this.#generators.get(value);
  }

  /** The node of a tensor; a constant, if it was not drawn here. */
  toNode(tensor: Tensor): Node {
    const drawn = this.#findDrawn(tensor);
    if (drawn !== undefined) return drawn;
    const { data, shape, dtype } = tensor;
    const alike = this.#constants.get(data) ?? [];
    const found = alike.find((each) => each.dtype === dtype && sameShape(each.shape, shape));
    if (found !== undefined) return found;
    const constant: Constant = { kind: "constant", data, shape, dtype };
    this.#constants.set(data, [...alike, constant]);
    return constant;
  }

  // what the tracer is asked

  apply(op: string, inputs: readonly Tensor[], attrs: object): Tensor {
    if (!this.live) throw ended(inputs.find((input) => input.trace?.tracer === this)!);
    const nodes = inputs.map((input) => this.toNode(input));
    const { shape, dtype } = find(op).shape(nodes, attrs);
    return this.#draw({ kind: "op", op: op as OpName, inputs: nodes, attrs, shape, dtype });
  }

  explain(tensor: Tensor): Error {
    if (!this.live) return ended(tensor);
    return new Error(
      `The values of a tensor of shape ${writeShape(tensor.shape)} are not known while a function is compiled: choose with where(condition, a, b) instead of if${findPlace()}.`,
    );
  }

  // what the stage is asked

  made(generator: Generator): void {
    this.#made.add(generator);
  }

  draw(generator: Generator, spec: Spec, fill: (generator: Generator) => Values): Tensor | undefined {
    if (this.#made.has(generator)) return undefined;
    const index = this.#find(generator);
    const slot = this.#slots++;
    this.#steps.push((run) => {
      run.filled[slot] = fill(run.generators[index]!).data;
    });
    return this.#input(`random ${slot}`, spec, { slot, spec });
  }

  split(generator: Generator): Generator | undefined {
    if (this.#made.has(generator)) return undefined;
    const from = this.#find(generator);
    const standIn = new Generator([0, 0, 0, 0]);
    this.#made.delete(standIn);
    const index = this.#register(standIn);
    this.#steps.push((run) => {
      run.generators[index] = run.generators[from]!.split();
    });
    return standIn;
  }

  read(generator: Generator, what: string): void {
    if (this.#made.has(generator)) return;
    throw new Error(
      `A generator's ${what} is a plain number, which a compiled function would keep for all its runs: draw a tensor instead${findPlace()}.`,
    );
  }

  compute<S extends object, K extends string>(
    state: S,
    rate: number | Tensor | undefined,
    compute: (state: S, rate: number | undefined) => { readonly [P in K]: number },
  ): ((dtype: "float32" | "float64") => { readonly [P in K]: Tensor }) | undefined {
    const index = this.#states.get(state);
    const argument = rate instanceof Tensor ? this.#findArgument(rate) : undefined;
    if (index === undefined && argument === undefined) return undefined;
    const known = rate instanceof Tensor ? undefined : rate;
    const numbers = (run: Run) =>
      compute(
        index === undefined ? state : (run.states[index] as S),
        argument === undefined ? known : run.tensors[argument]!.item(),
      );
    const value = index === undefined ? state : (this.#kept[index]!.value as S);
    this.#computed.push({ compute: compute as Computed["compute"], state: value, rate: known });
    const example = compute(value, known ?? 0);
    const made = new Map<string, { readonly [P in K]: Tensor }>();
    return (dtype) => {
      const before = made.get(dtype);
      if (before !== undefined) return before;
      const names = Object.keys(example) as K[];
      const first = this.#slots;
      this.#slots += names.length;
      this.#steps.push((run) => {
        const values = numbers(run);
        names.forEach((name, i) => {
          const data = toArray(dtype, 1);
          data[0] = values[name];
          run.filled[first + i] = data;
        });
      });
      const spec = { shape: [], dtype };
      const inputs = names.map((name, i) => [name, this.#input(name, spec, { slot: first + i, spec })]);
      made.set(dtype, Object.fromEntries(inputs) as { readonly [P in K]: Tensor });
      return made.get(dtype)!;
    };
  }

  follow<S extends object>(state: S, compute: (state: S) => Partial<S>, rest: Partial<S>): S | undefined {
    const from = this.#states.get(state);
    if (from === undefined) return undefined;
    const { value, onRead } = this.#kept[from]! as unknown as Kept<S>;
    const plain = compute(value);
    const standIn = this.#standIn(
      { value: { ...value, ...plain }, plain: Object.keys(plain) as (keyof S)[], onRead },
      rest,
    );
    const index = this.#states.get(standIn)!;
    this.#steps.push((run) => {
      const before = run.states[from] as S;
      run.states[index] = { ...before, ...compute(before) };
    });
    return standIn;
  }

  #standIn<S extends object>(kept: Kept<S>, rest: Partial<S>): S {
    const standIn = {};
    for (const key of Object.keys(kept.value) as (keyof S)[])
      Object.defineProperty(standIn, key, {
        enumerable: true,
        ...(kept.plain.includes(key)
          ? {
              get: () => {
                kept.onRead();
                return kept.value[key];
              },
            }
          : { value: rest[key] }),
      });
    this.#states.set(standIn, this.#kept.push(kept as unknown as Kept<object>) - 1);
    return standIn as S;
  }

  #register(generator: Generator): number {
    const index = this.#generators.get(generator) ?? this.#generators.size;
    this.#generators.set(generator, index);
    return index;
  }

  /** The place of a generator; one that the function has from outside is the same one in every run. */
  #find(generator: Generator): number {
    const known = this.#generators.get(generator);
    if (known !== undefined) return known;
    const index = this.#register(generator);
    this.#steps.push((run) => {
      run.generators[index] = generator;
    });
    return index;
  }

  #findDrawn(tensor: Tensor): Node | undefined {
    const { trace } = tensor;
    if (trace?.tracer === this) return (trace as Drawn).node;
    return trace?.primal === undefined ? undefined : this.#findDrawn(trace.primal);
  }

  /** Which of the arguments a tensor is; nothing if its value is known. */
  #findArgument(tensor: Tensor): number | undefined {
    const node = this.#findDrawn(tensor);
    if (node === undefined) return undefined;
    const source = node.kind === "input" ? this.#sources.get(node) : undefined;
    if (source !== undefined && "argument" in source) return source.argument;
    throw new TypeError(
      `A learning rate that is computed inside a compiled function is not known before it runs: give it as an argument, or give the optimizer a schedule${findPlace()}.`,
    );
  }

  #input(name: string, { shape, dtype }: Spec, source: Source): Tensor {
    const input: Input = { kind: "input", name, shape, dtype };
    this.inputs.push(input);
    this.#sources.set(input, source);
    return this.#draw(input);
  }

  #draw(node: Node): Tensor {
    const trace: Drawn = { tracer: this, node };
    return new Tensor(undefined, node.shape, node.dtype, trace);
  }
}

/** What is known of a state. */
interface Kept<S extends object> {
  /** As it is in the run that is traced. */
  readonly value: S;
  readonly plain: readonly (keyof S)[];
  readonly onRead: () => void;
}

function ended(tensor: Tensor): Error {
  return new Error(
    `A tensor of shape ${writeShape(tensor.shape)} that was made while a function was compiled has no values: the function has to return it${findPlace()}.`,
  );
}
