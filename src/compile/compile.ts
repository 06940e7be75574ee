import { Compiled, type Signature } from "./compiled.ts";
import { exportOnnx } from "./export/exportOnnx.ts";
import { loadOnnx } from "./export/loadOnnx.ts";
import type { Holder } from "./holder.ts";
import { type CompileOptions, checkOptions } from "./options.ts";

/** A function that can be compiled: of trees of tensors, to any tree of tensors. */
const all = new WeakMap<object, Compiled>();

/** What nobody can call any more lets go of the engine's memory. */
const abandoned = new FinalizationRegistry((holders: ReadonlySet<Holder>) => {
  for (const holder of holders) void holder.retire();
});

/**
 * The same function, as one graph that is run as a whole: loss, gradients, clipping and the update of the optimizer together.
 *
 * The first call with arguments of certain shapes and dtypes calls `f` with tensors that have no values yet, and writes down what is done to them; later calls run
 * what was written. So `f` has to do the same whatever the values are: `where(condition, a, b)` in place of `if`. Plain numbers, strings and booleans among the
 * arguments are part of the graph – other values make another one –, and what a generator draws is drawn anew in each call. The numbers of an optimizer's
 * state follow the real state.
 *
 * Whatever `f` has from outside – tensors, numbers, flags – is a constant, and what it does beside its result, such as `console.log`, happens while it is written
 * down only. So parameters and optimizer state are arguments that come back as results. `f` is called again at the second, third, fifth, ninth, … call: if
 * something outside has changed, there is a warning that says what, and a new graph.
 *
 * Small graphs run as generated JavaScript, large ones with onnxruntime-node; where that
 * is missing, and for ops in float64 that it does not have, in TypeScript.
 *
 * @example
 * const square = compile((x: Tensor) => x.mul(x).sum());
 * (await square(tensor([1, 2, 3]))).item() // 14
 * @example
 * const optimizer = optim.adam({ lr: 0.1 });
 * const step = compile((params: Tensor, state: optim.State<Tensor>, x: Tensor) => {
 *   const [value, gradients] = valueAndGrad((p: Tensor) => p.mul(x).square().sum())(params);
 *   return { value, ...optimizer.update(gradients, state, params) };
 * });
 * const params = tensor([1, 2]);
 * const next = await step(params, optimizer.init(params), tensor([1, 1]));
 * next.value.item() // 5
 * @throws Error `The values of a tensor of shape [] are not known while a function is compiled: choose with where(condition, a, b) instead of if (at cell.ts:3:9).`
 * @throws Error `A tensor of shape [2] that was made while a function was compiled has no values: the function has to return it (at cell.ts:4:7).`
 * @throws TypeError `compile: the function returned a promise; it has to be synchronous.`
 */
export function compile<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  options: CompileOptions = {},
): (...args: A) => Promise<R> {
  if (typeof f !== "function") throw new TypeError(`compile: ${String(f)} where a function is needed.`);
  checkOptions(options);
  const compiled = new Compiled(f as (...args: never) => unknown, options);
  const call = (...args: A) => compiled.call(args) as Promise<R>;
  Object.defineProperty(call, "name", { value: compiled.name });
  all.set(call, compiled);
  abandoned.register(call, compiled.holders);
  const text = () => toText(compiled);
  return Object.assign(call, {
    toString: text,
    [Symbol.for("Jupyter.display")]: () => ({ "text/plain": text() }),
    [Symbol.for("nodejs.util.inspect.custom")]: text,
  });
}

/**
 * What a compiled function was compiled to so far, latest first: inputs, how many operations there were and are left, and what runs them.
 *
 * @example
 * const double = compile((x: Tensor) => x.add(x));
 * await double(tensor([1, 2]));
 * compile.signatures(double)[0].inputs // ["args[0] [2] float32"]
 */
export function signatures(f: (...args: never) => unknown): readonly Signature[] {
  return find("signatures", f).signatures;
}

/**
 * Lets go of the graphs of a compiled function, and of the engine's memory. A later call compiles anew. What nobody refers to any more is let go by itself.
 *
 * @example
 * const double = compile((x: Tensor) => x.add(x));
 * await double(tensor([1, 2]));
 * await compile.release(double);
 * compile.signatures(double).length // 0
 */
export function release(f: (...args: never) => unknown): Promise<void> {
  return find("release", f).release();
}

function find(name: string, f: unknown): Compiled {
  const compiled = typeof f === "function" ? all.get(f) : undefined;
  if (compiled === undefined) throw new TypeError(`compile.${name}: ${String(f)} is not what compile gave back.`);
  return compiled;
}

/** `compiled step: 24 inputs, 214 ops → 61 on onnxruntime (cpu, 2 threads)`. */
function toText({ name, signatures }: Compiled): string {
  if (signatures.length === 0) return `compiled ${name}: not called yet`;
  return signatures
    .map(
      ({ inputs, ops, nodes, engine }) =>
        `compiled ${name}: ${inputs.length} inputs, ${ops} ops → ${nodes} on ${engine}`,
    )
    .join("\n");
}

Object.assign(compile, { signatures, release, exportOnnx, loadOnnx });

/** The same names for the checker, which shows each with its comment. */
export declare namespace compile {
  export { exportOnnx, loadOnnx, release, signatures };
}
