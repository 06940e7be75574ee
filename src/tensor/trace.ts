import type { Tensor } from "./tensor.ts";

/** Who watches the operations on a tensor: the tape of a `grad`, the graph of a `compile`. */
export interface Tracer {
  /** Inner traces have higher levels; an op goes to the highest among its inputs. */
  readonly level: number;
  /** False once the traced function has returned: its tensors are then ordinary ones. */
  readonly live: boolean;
  apply(op: string, inputs: readonly Tensor[], attrs: object): Tensor;
  /** Why there are no values, where there are none. */
  explain?(tensor: Tensor): Error;
}

/** What a traced tensor carries. */
export interface Trace {
  readonly tracer: Tracer;
  /** The same values one level further out. */
  readonly primal?: Tensor;
}
