import type { Constant, Input, Node, Operation } from "../../../src/compile/graph.ts";
import { find } from "../../../src/op/apply.ts";
import type { AttrsOf, OpName } from "../../../src/op/signature.ts";
import type { DType, TypedArray } from "../../../src/tensor/dtype.ts";
import type { Shape } from "../../../src/tensor/shape/shape.ts";

export function input(name: string, shape: Shape, dtype: DType = "float32"): Input {
  return { kind: "input", name, shape, dtype };
}

export function constant(data: TypedArray, shape: Shape, dtype: DType = "float32"): Constant {
  return { kind: "constant", data, shape, dtype };
}

export function op<K extends OpName>(name: K, inputs: readonly Node[], attrs: AttrsOf<K>): Operation {
  return { kind: "op", op: name, inputs, attrs, ...find(name).shape(inputs, attrs) };
}
