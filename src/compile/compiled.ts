import { isTaping } from "../grad/tape.ts";
import { stage } from "../tensor/stage.ts";
import { Tensor } from "../tensor/tensor.ts";
import { Breath } from "./breath.ts";
import { choose } from "./choose.ts";
import { type Graph, inOrder } from "./graph.ts";
import { Holder } from "./holder.ts";
import type { CompileOptions } from "./options.ts";
import { simplify } from "./simplify/simplify.ts";
import { findDifference } from "./trace/difference.ts";
import type { Run, Source } from "./trace/plan.ts";
import { type Traced, trace } from "./trace/trace.ts";

/** Graphs that one function keeps; the one that was not used for longest goes. */
const LIMIT = 32;
/** So many values of one plain argument are taken for what they are; more are probably a mistake. */
const PATIENCE = 8;

/** What one signature of a function was compiled to: for people. */
export interface Signature {
  /** `args[0].weight [10, 784] float32`. */
  readonly inputs: readonly string[];
  /** Operations as they were written. */
  readonly ops: number;
  /** Operations that are left of them. */
  readonly nodes: number;
  /** `TypeScript`, `onnxruntime (cpu, 2 threads)`. */
  readonly engine: string;
}

/** An output: made by the engine, given to it, or known. */
type Output = { readonly made: number } | Source | { readonly known: Tensor };

interface Entry {
  readonly traced: Traced;
  /** What the engine runs: what is left to compute. */
  readonly graph: Graph;
  /** Where the inputs that are left come from. */
  readonly feeds: readonly Source[];
  /** Where the outputs come from. */
  readonly outputs: readonly Output[];
  readonly ops: number;
  readonly nodes: number;
  readonly holder: Holder;
  /** How often it was found. */
  hits: number;
  /** Whether it has to be compared with what the function does now. */
  isDue: boolean;
}

/** A graph, and the tensors of the arguments it is to be run with. */
export interface Found {
  readonly entry: Entry;
  readonly run: Run;
}

const breath = new Breath();

/** A function with its graphs: one for each signature of shapes, dtypes and plain values that it was called with. */
export class Compiled {
  readonly name: string;
  /** For whoever cleans up after this is gone; so nothing in it may lead back here. */
  readonly holders = new Set<Holder>();
  readonly #f: (...args: never) => unknown;
  readonly #options: CompileOptions;
  /** Last used first. */
  readonly #entries: Entry[] = [];
  readonly #seen = new Map<string, Set<unknown>>();
  #isWarned = false;
  readonly #onChange: (what: string) => void;
  /** How many graphs were made. */
  drawn = 0;
  /** Draw the function at each call, to see what it has from outside change. */
  isWatched = false;

  /** `onChange` is told where the function is found to do something else than it did, in words. */
  constructor(f: (...args: never) => unknown, options: CompileOptions, onChange?: (what: string) => void) {
    this.#f = f;
    this.#options = options;
    this.name = f.name || "function";
    this.#onChange = onChange ?? ((what) => this.#warnOfChange(what));
  }

  /** Inside of another function that is compiled or differentiated it is part of that one. */
  call(args: readonly unknown[]): unknown {
    if (stage.current !== undefined || isTaping()) return Reflect.apply(this.#f, undefined, args);
    return this.#runNow(args);
  }

  get signatures(): Signature[] {
    return this.#entries.map(toSignature);
  }

  async release(): Promise<void> {
    await Promise.all(this.#entries.splice(0).map(({ holder }) => this.#retire(holder)));
  }

  /**
   * The graph for these arguments, drawn if there is none yet. What the function throws while it is drawn, this throws.
   *
   * At the second, third, fifth, ninth, … call the function is drawn again: if something that it has from outside has changed, it is noticed early, and at a cost
   * that does not count.
   */
  find(args: readonly unknown[]): Found {
    const entries = this.#entries;
    for (let i = 0; i < entries.length; i++) {
      const run = toRun();
      const entry = entries[i]!;
      if (!entry.traced.matches(args, run)) continue;
      if (i > 0) entries.unshift(...entries.splice(i, 1));
      entry.hits++;
      const found = { entry, run };
      return this.isWatched || entry.isDue || isPowerOfTwo(entry.hits) ? this.#look(args, found) : found;
    }
    return this.#make(args, trace(this.#f, args));
  }

  /** At its next call each graph is compared with what the function does then. */
  look(): void {
    for (const entry of this.#entries) entry.isDue = true;
  }

  /** Whether the function still does what was drawn; if not, there is a new graph. */
  #look(args: readonly unknown[], found: Found): Found {
    const { traced, holder } = found.entry;
    found.entry.isDue = false;
    const drop = () => {
      this.#entries.shift();
      void this.#retire(holder);
    };
    let now: Traced;
    try {
      now = trace(this.#f, args);
    } catch (error) {
      drop();
      throw error;
    }
    const what = findDifference(traced, now);
    if (what === undefined) return found;
    this.#onChange(what);
    drop();
    return this.#make(args, now);
  }

  #make(args: readonly unknown[], traced: Traced): Found {
    const entry = this.#add(traced);
    const run = toRun();
    traced.matches(args, run);
    return { entry, run };
  }

  /**
   * 1. draw random numbers and compute those of optimizers, in the order of the calls
   * 2. run the graph
   */
  async run({ entry, run }: Found): Promise<unknown> {
    const { traced, feeds, graph, outputs, holder } = entry;
    // 1.
    for (const step of traced.plan.steps) step(run);
    const values = feeds.map((from) =>
      "argument" in from ? run.tensors[from.argument]!.data : run.filled[from.slot]!,
    );
    // 2.
    const made = await holder.run(values);
    if (breath.isDue) await breath.take();
    const tensors = outputs.map((output): Tensor => {
      if ("known" in output) return output.known;
      if ("argument" in output) return run.tensors[output.argument]!;
      const { shape, dtype } = "made" in output ? graph.outputs[output.made]! : output.spec;
      return new Tensor("made" in output ? made[output.made] : run.filled[output.slot], shape, dtype);
    });
    return traced.result(run, tensors);
  }

  async #runNow(args: readonly unknown[]): Promise<unknown> {
    return this.run(this.find(args));
  }

  #add(traced: Traced): Entry {
    this.drawn++;
    this.#warn(traced);
    const { inputs: given, outputs } = simplify(traced.graph);
    const made = [...new Set(outputs.filter(({ kind }) => kind === "op"))];
    const needed = new Set(inOrder(made));
    const inputs = given.filter((input) => needed.has(input));
    const graph = { inputs, outputs: made };
    const holder = new Holder(() => choose(graph, this.#options));
    this.holders.add(holder);
    const entry: Entry = {
      traced,
      graph,
      feeds: inputs.map((input) => traced.plan.sources.get(input)!),
      outputs: outputs.map((node): Output => {
        if (node.kind === "op") return { made: made.indexOf(node) };
        if (node.kind === "input") return traced.plan.sources.get(node)!;
        return { known: new Tensor(node.data, node.shape, node.dtype) };
      }),
      ops: countOps(traced.graph),
      nodes: countOps(graph),
      holder,
      hits: 0,
      isDue: false,
    };
    this.#entries.unshift(entry);
    if (this.#entries.length > LIMIT) void this.#retire(this.#entries.pop()!.holder);
    return entry;
  }

  #retire(holder: Holder): Promise<void> {
    this.holders.delete(holder);
    return holder.retire();
  }

  #warnOfChange(what: string): void {
    if (this.#isWarned) return;
    this.#isWarned = true;
    console.warn(
      `compile: ${this.name} does something else than when it was compiled: ${what}; what changes from call to call has to be an argument.`,
    );
  }

  /** A number that changes from call to call should not be a plain one. */
  #warn({ plain }: Traced): void {
    for (const { path, value } of plain) {
      const values = this.#seen.get(path) ?? new Set();
      if (values.size >= PATIENCE) continue;
      this.#seen.set(path, values.add(value));
      if (values.size === PATIENCE)
        console.warn(
          `compile: ${this.name} was compiled anew for each of ${PATIENCE} values of ${path}, the last one ${String(value)}; pass a tensor where a value changes from call to call.`,
        );
    }
  }
}

/** What a graph is, once it is known what runs it. */
export async function describe({ entry }: Found): Promise<Signature> {
  await entry.holder.ready;
  return toSignature(entry);
}

function toSignature({ graph, ops, nodes, holder }: Entry): Signature {
  return {
    inputs: graph.inputs.map(({ name, shape, dtype }) => `${name} [${shape.join(", ")}] ${dtype}`),
    ops,
    nodes,
    engine: holder.engine,
  };
}

function isPowerOfTwo(n: number): boolean {
  return n > 0 && (n & (n - 1)) === 0;
}

function toRun(): Run {
  return { tensors: [], generators: [], states: [], filled: [] };
}

function countOps({ outputs }: Graph): number {
  return inOrder(outputs).filter(({ kind }) => kind === "op").length;
}
