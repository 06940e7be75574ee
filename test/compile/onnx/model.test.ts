// The file is read back with the protobuf schema of ONNX, which is not ours.
import { onnx } from "onnx-proto";
import { describe, expect, test } from "vitest";
import type { Graph } from "../../../src/compile/graph.ts";
import { type Names, toModel } from "../../../src/compile/onnx/program.ts";
import { constant, input, op } from "./graphs.ts";

function read(graph: Graph, names?: Names) {
  const model = onnx.ModelProto.decode(toModel(graph, names));
  return { model, graph: model.graph! };
}

const names = (values: readonly { name?: string | null }[]) => values.map(({ name }) => name);
const sizes = (value: onnx.IValueInfoProto) => value.type!.tensorType!.shape!.dim!.map((dim) => Number(dim.dimValue));

describe("a model", () => {
  const x = input("x", [2, 3]);

  test("is opset 18 in IR version 8, with shapes and types on both sides", () => {
    const { model, graph } = read({ inputs: [x], outputs: [op("isNaN", [x], {})] });
    expect(Number(model.irVersion)).toBe(8);
    expect(model.opsetImport.map(({ domain, version }) => [domain, Number(version)])).toEqual([["", 18]]);
    expect(graph.input!.map((value) => [value.name, value.type!.tensorType!.elemType, sizes(value)])).toEqual([
      ["x", onnx.TensorProto.DataType.FLOAT, [2, 3]],
    ]);
    expect(graph.output!.map((value) => [value.name, value.type!.tensorType!.elemType, sizes(value)])).toEqual([
      ["output0", onnx.TensorProto.DataType.BOOL, [2, 3]],
    ]);
  });

  test("has the names that it is given, and different ones where inputs share one", () => {
    const twin = input("x", [2, 3]);
    const y = op("add", [x, twin], {});
    expect(names(read({ inputs: [x, twin], outputs: [y] }).graph.input!)).toEqual(["x", "x_1"]);
    const given = read({ inputs: [x, twin], outputs: [y] }, { inputs: ["image", "mask"], outputs: ["logits"] }).graph;
    expect([names(given.input!), names(given.output!)]).toEqual([["image", "mask"], ["logits"]]);
  });

  test("gives no value a name that is taken", () => {
    const [a, b] = [input("add_3", [2]), input("output0", [2])];
    const { graph } = read({ inputs: [a, b], outputs: [op("add", [op("add", [a, b], {}), b], {})] });
    const made = [...names(graph.input!), ...graph.node!.flatMap((node) => node.output!)];
    expect(new Set(made).size).toBe(made.length);
    expect(names(graph.output!)).toEqual(["output0_"]);
  });

  test("holds equal constants once, as raw bytes", () => {
    const long = () => Float32Array.from({ length: 100 }, (_, i) => i);
    const changed = long();
    changed[99] = -1;
    const terms = [
      constant(long(), [100]),
      constant(long(), [100]),
      constant(changed, [100]),
      constant(long(), [1, 100]),
    ];
    const { graph } = read({ inputs: [], outputs: terms.map((term) => op("neg", [term], {})) });
    expect(graph.initializer!.map(({ dims }) => dims!.map(Number))).toEqual([[100], [100], [1, 100]]);
    expect(graph.initializer!.map(({ rawData }) => rawData!.length)).toEqual([400, 400, 400]);
  });

  test("keeps numbers of all four types, and whole ones as int64 where ONNX asks for them", () => {
    const terms = [
      constant(Float32Array.of(0.5), [1]),
      constant(Float64Array.of(0.1), [1], "float64"),
      constant(Int32Array.of(-7), [1], "int32"),
      constant(Uint8Array.of(1), [1], "bool"),
    ];
    const { graph } = read({ inputs: [], outputs: [...terms, op("reshape", [terms[0]!], { shape: [1, 1] })] });
    const held = graph.initializer!.map(({ dataType, rawData }) => [dataType, Buffer.from(rawData!).toString("hex")]);
    const { FLOAT, DOUBLE, INT32, BOOL, INT64 } = onnx.TensorProto.DataType;
    expect(held).toEqual([
      [FLOAT, "0000003f"],
      [DOUBLE, "9a9999999999b93f"],
      [INT32, "f9ffffff"],
      [BOOL, "01"],
      [INT64, "01000000000000000100000000000000"],
    ]);
  });

  test("names nodes after our ops", () => {
    const { graph } = read({ inputs: [x], outputs: [op("expm1", [x], {})] });
    expect(graph.node!.every(({ name }) => name!.startsWith("expm1_"))).toBe(true);
  });
});
