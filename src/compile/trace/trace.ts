import { stage } from "../../tensor/stage.ts";
import type { Graph, Node } from "../graph.ts";
import { Drawing } from "./drawing.ts";
import { Arguments, type Pattern, type Plain } from "./pattern.ts";
import type { Plan, Run } from "./plan.ts";
import { type Result, toResult } from "./result.ts";

/** What is known of a function after it was called once with tensors that have no values. */
export interface Traced {
  readonly graph: Graph;
  readonly plan: Plan;
  readonly result: Result;
  /** For which arguments this is. */
  readonly matches: Pattern;
  /** The plain values among the arguments. */
  readonly plain: readonly Plain[];
}

/**
 * 1. the tensors of the arguments are replaced by ones without values
 * 2. the function is called; what it does to them is written down
 * 3. the tensors in what it returns are the outputs
 */
export function trace(f: (...args: never) => unknown, args: readonly unknown[]): Traced {
  const drawing = new Drawing();
  const given = new Arguments(drawing);
  // 1.
  const taken = args.map((arg, i) => given.take(arg, `args[${i}]`));
  // 2.
  stage.current = drawing;
  try {
    const value: unknown = Reflect.apply(
      f,
      undefined,
      taken.map(({ standIn }) => standIn),
    );
    if (value instanceof Promise) {
      value.catch(() => undefined);
      throw new TypeError("compile: the function returned a promise; it has to be synchronous.");
    }
    // 3.
    const outputs: Node[] = [];
    const result = toResult(value, drawing, outputs);
    return {
      graph: { inputs: drawing.inputs, outputs },
      plan: drawing.plan,
      result,
      plain: given.plain,
      matches: (others, run) => matchAll(taken, others as readonly unknown[], run),
    };
  } finally {
    stage.current = undefined;
    drawing.live = false;
  }
}

function matchAll(taken: readonly { readonly matches: Pattern }[], args: readonly unknown[], run: Run): boolean {
  if (args.length !== taken.length) return false;
  for (let i = 0; i < taken.length; i++) if (!taken[i]!.matches(args[i], run)) return false;
  return true;
}
