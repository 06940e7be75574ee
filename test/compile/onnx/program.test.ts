import { describe, expect, test } from "vitest";
import type { Constant, Graph, Input, Node, Operation } from "../../../src/compile/graph.ts";
import { toOnnxProgram } from "../../../src/compile/onnx/program.ts";
import { find } from "../../../src/op/apply.ts";
import type { OpName } from "../../../src/op/signature.ts";
import type { DType, TypedArray } from "../../../src/tensor/dtype.ts";

const input = (name: string, shape: readonly number[], dtype: DType = "float32"): Input => ({
  kind: "input",
  name,
  shape,
  dtype,
});
const constant = (data: TypedArray, shape: readonly number[], dtype: DType = "float32"): Constant => ({
  kind: "constant",
  data,
  shape,
  dtype,
});
const op = (name: OpName, inputs: readonly Node[], attrs: object = {}): Operation => ({
  kind: "op",
  op: name,
  inputs,
  attrs,
  ...find(name).shape(inputs, attrs),
});

async function run(graph: Graph, values: readonly TypedArray[]) {
  const program = await toOnnxProgram(graph, { threads: 1 });
  const results = await program.run(values);
  await program.release();
  return results;
}

describe("a graph", () => {
  test("runs", async () => {
    const x = input("x", [2, 2]);
    const y = op("add", [
      op("matmul", [x, x], { transposeA: false, transposeB: true }),
      constant(Float32Array.of(1), []),
    ]);
    const [result] = await run({ inputs: [x], outputs: [y] }, [Float32Array.of(1, 2, 3, 4)]);
    expect(result).toEqual(Float32Array.of(6, 12, 12, 26));
  });
});
