import { describe, expect, test, vi } from "vitest";
import type { Graph } from "../../../src/compile/graph.ts";
import { findBlock } from "../../../src/compile/onnx/block.ts";
import {
  type EngineOptions,
  EngineUnavailable,
  NoLowering,
  toModel,
  toOnnxProgram,
} from "../../../src/compile/onnx/program.ts";
import { loadSchema } from "../../../src/compile/onnx/writer.ts";
import type { TypedArray } from "../../../src/tensor/dtype.ts";
import { toWindow } from "../../../src/tensor/shape/convolution.ts";
import { constant, input, op } from "./graphs.ts";

async function run(graph: Graph, values: readonly TypedArray[], options: EngineOptions = { threads: 1 }) {
  const program = await toOnnxProgram(graph, options);
  const results = await program.run(values);
  await program.release();
  return results;
}

const matmul = { transposeA: false, transposeB: true };

describe("a program", () => {
  test("runs, with fresh results each time", async () => {
    const x = input("x", [2, 2]);
    const y = op("add", [op("matmul", [x, x], matmul), constant(Float32Array.of(1), [])], {});
    const program = await toOnnxProgram({ inputs: [x], outputs: [y] });
    const [first] = await program.run([Float32Array.of(1, 2, 3, 4)]);
    const [second] = await program.run([Float32Array.of(0, 1, 0, 1)]);
    expect(first).toEqual(Float32Array.of(6, 12, 12, 26));
    expect(second).toEqual(Float32Array.of(2, 2, 2, 2));
    await program.release();
    await expect(program.run([new Float32Array(4)])).rejects.toThrow("The engine stopped: Session already disposed.");
  });

  test("has every dtype on both sides", async () => {
    const slots = (["float32", "float64", "int32", "bool"] as const).map((dtype) => input(dtype, [2], dtype));
    const values = [Float32Array.of(0.5, 2), Float64Array.of(0.1, 2), Int32Array.of(-3, 2), Uint8Array.of(1, 0)];
    const outputs = [
      ...slots.slice(0, 3).map((x) => op("neg", [x], {})),
      op("not", [slots[3]!], {}),
      op("add", [slots[2]!, slots[3]!], {}),
    ];
    expect(await run({ inputs: slots, outputs }, values)).toEqual([
      Float32Array.of(-0.5, -2),
      Float64Array.of(-0.1, -2),
      Int32Array.of(3, -2),
      Uint8Array.of(0, 1),
      Int32Array.of(-2, 2),
    ]);
  });

  test("gives back inputs, constants, and one value twice", async () => {
    const x = input("x", [1]);
    const minus = op("neg", [x], {});
    const graph = { inputs: [x, input("unused", [3])], outputs: [x, minus, minus, constant(Float32Array.of(7), [1])] };
    const want = [5, -5, -5, 7].map((value) => Float32Array.of(value));
    expect(await run(graph, [Float32Array.of(5), new Float32Array(3)])).toEqual(want);
  });

  test("where nothing is left to compute on, shapes say what comes out", async () => {
    const x = input("x", [0, 3]);
    const outputs = [
      op("sum", [x], { axes: [0], keepDims: false }),
      op("logSumExp", [x], { axes: [0], keepDims: false }),
      op("concat", [x, constant(Float32Array.of(1, 2, 3), [1, 3])], { axis: 0 }),
      op("mul", [x, x], {}),
      op("matmul", [op("permute", [x], { order: [1, 0] }), x], { transposeA: false, transposeB: false }),
    ];
    const minus = Number.NEGATIVE_INFINITY;
    expect(await run({ inputs: [x], outputs }, [new Float32Array(0)])).toEqual([
      new Float32Array(3),
      Float32Array.of(minus, minus, minus),
      Float32Array.of(1, 2, 3),
      new Float32Array(0),
      new Float32Array(9),
    ]);
  });

  test.each(["all", "basic", "disabled"] as const)("optimization %s", async (optimization) => {
    const x = input("x", [2, 3]);
    const y = op("softplus", [op("matmul", [x, x], matmul)], {});
    const [result] = await run({ inputs: [x], outputs: [y] }, [Float32Array.of(1, 0, 0, 0, 2, 0)], { optimization });
    const want = [1, 0, 0, 4].map((value) => Math.log(1 + Math.exp(value)));
    expect(Array.from(result!)).toEqual(want.map((value) => expect.closeTo(value, 5)));
  });
});

describe("errors", () => {
  const x = input("x", [4, 3]);
  const at = input("at", [1], "int32");

  test("an index out of range names the op", async () => {
    const values = [new Float32Array(12), Int32Array.of(7)];
    await expect(run({ inputs: [x, at], outputs: [op("take", [x, at], { axis: 0 })] }, values)).rejects.toThrow(
      "take: indices element out of data bounds, idx=7 must be within the inclusive range [-4,3].",
    );
    const rows = input("rows", [1, 3], "int32");
    const gather = op("gather", [x, rows], { axis: 0 });
    await expect(run({ inputs: [x, rows], outputs: [gather] }, [values[0]!, Int32Array.of(0, 7, 0)])).rejects.toThrow(
      "gather: GatherElements op: Out of range value in index tensor.",
    );
  });

  test("an op that has no ONNX form for these shapes", async () => {
    const [a, b] = [input("a", [33, 33]), input("b", [33])];
    const failed = toOnnxProgram({ inputs: [a, b], outputs: [op("solve", [a, b], {})] });
    await expect(failed).rejects.toThrow("solve: float32 [33, 33] and float32 [33] have no ONNX form.");
    await expect(failed).rejects.toBeInstanceOf(NoLowering);
  });

  test("an input that the graph does not list", async () => {
    const failed = toOnnxProgram({ inputs: [], outputs: [op("neg", [x], {})] });
    await expect(failed).rejects.toThrow("The input x is not among the graph's inputs.");
  });

  test("a device that is not there", async () => {
    const device = process.platform === "win32" ? "coreml" : "directml";
    const failed = toOnnxProgram({ inputs: [x], outputs: [op("neg", [x], {})] }, { device });
    await expect(failed).rejects.toThrow(`The device "${device}" could not be opened: no available backend found.`);
    await expect(failed).rejects.toBeInstanceOf(EngineUnavailable);
  });

  test("a package that is not there", async () => {
    vi.resetModules();
    vi.doMock("onnxruntime-node", () => {
      throw new Error("Cannot find module '../bin/onnxruntime_binding.node'");
    });
    const { loadEngine, EngineUnavailable } = await import("../../../src/compile/onnx/engine.ts");
    await expect(loadEngine()).rejects.toThrow(
      `The package onnxruntime-node could not be loaded on ${process.platform} ${process.arch}: `,
    );
    await expect(loadEngine()).rejects.toBeInstanceOf(EngineUnavailable);
    vi.doUnmock("onnxruntime-node");
    vi.resetModules();
  });

  test("a model that the engine does not take", async () => {
    const { createSession } = await import("../../../src/compile/onnx/engine.ts");
    await expect(createSession(Uint8Array.of(1, 2, 3), [], [])).rejects.toThrow("The engine does not take the graph: ");
  });
});

test("convolutions over many channels are in the engine's own layout, and only for the engine of this process", async () => {
  const block = await findBlock();
  // every processor that the engine vectorises for has one; x64 has
  if (process.arch === "x64") expect([8, 16]).toContain(block);
  if (block === undefined) return;
  const [image, weight] = [input("image", [8, block, 16, 16]), input("weight", [2 * block, block, 3, 3])];
  const window = toWindow([3, 3], { padding: 1 });
  const graph = { inputs: [image, weight], outputs: [op("conv2d", [image, weight], { window })] };
  const operatorsOf = (model: Uint8Array) =>
    loadSchema()
      .onnx.ModelProto.decode(model)
      .graph!.node!.map(({ domain, opType }) => `${domain}${opType}`);
  expect(operatorsOf(toModel(graph))).toEqual(["Conv"]);
  expect(operatorsOf(toModel(graph, {}, { block }))).toEqual([
    "Reshape",
    "Transpose",
    "com.microsoft.nchwcReorderInput",
    "Reshape",
    "com.microsoft.nchwcConv",
    "com.microsoft.nchwcReorderOutput",
  ]);
});
