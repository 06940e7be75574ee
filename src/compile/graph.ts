import type { OpName } from "../op/signature.ts";
import type { TypedArray } from "../tensor/dtype.ts";
import type { Spec } from "../tensor/values.ts";

/** A value of a graph: an op of the table and where its inputs come from, something given at each run, or something known now. */
export type Node = Operation | Input | Constant;

export interface Operation extends Spec {
  readonly kind: "op";
  readonly op: OpName;
  readonly inputs: readonly Node[];
  readonly attrs: object;
}

/** Given at each run, in the order of {@link Graph.inputs}. */
export interface Input extends Spec {
  readonly kind: "input";
  readonly name: string;
}

export interface Constant extends Spec {
  readonly kind: "constant";
  readonly data: TypedArray;
}

/** What a function does, from what it is given to what it returns; shared parts are shared objects. */
export interface Graph {
  readonly inputs: readonly Input[];
  readonly outputs: readonly Node[];
}

/** A graph made ready: values in, values out, in the order of the graph. */
export interface Program {
  run(inputs: readonly TypedArray[]): Promise<readonly TypedArray[]>;
  /** Lets go of what the engine holds. */
  release(): Promise<void>;
}

/** Every node that the outputs need, each after its inputs. Deep graphs do not overflow the stack. */
export function inOrder(outputs: readonly Node[]): Node[] {
  const order: Node[] = [];
  const done = new Set<Node>();
  const stack: { node: Node; next: number }[] = [];
  for (const output of outputs) {
    if (!done.has(output)) stack.push({ node: output, next: 0 });
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const input = top.node.kind === "op" ? top.node.inputs[top.next++] : undefined;
      if (input === undefined) {
        stack.pop();
        if (!done.has(top.node)) order.push(top.node);
        done.add(top.node);
      } else if (!done.has(input)) stack.push({ node: input, next: 0 });
    }
  }
  return order;
}
