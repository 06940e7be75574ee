/** What is written is read by Python's onnxruntime, and by ours; both give what the model gives here. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import onnxProto from "onnx-proto";
import { describe, expect, inject, test } from "vitest";
import {
  compile,
  data,
  exportOnnx,
  leavesOf,
  loadOnnx,
  loss,
  mapTree,
  nn,
  random,
  Tensor,
  type Tree,
  tensor,
  train,
  zeros,
} from "../../../src/index.ts";
import { expectNear } from "../near.ts";

const { onnx } = onnxProto;
const folder = mkdtempSync(join(tmpdir(), "export-"));
const file = (name: string) => join(folder, `${name}.onnx`);

/** Layers, an input, and whether the number of rows stays open. */
const models: Record<string, [layer: unknown, input: readonly number[], isOpen: boolean]> = {
  mlp: [nn.sequential(nn.linear(4, 8), nn.relu(), nn.dropout(0.5), nn.linear(8, 3), nn.softmax(-1)), [2, 4], true],
  cnn: [
    nn.sequential(nn.conv2d(1, 4, 3), nn.batchNorm(4), nn.relu(), nn.maxPool2d(2), nn.flatten(), nn.linear(36, 5)),
    [1, 1, 8, 8],
    true,
  ],
  attention: [nn.sequential(nn.multiHeadAttention(6, 3, { causal: true }), nn.layerNorm(6)), [2, 4, 6], true],
  pooling: [nn.sequential(nn.avgPool2d(2), nn.gelu(), nn.flatten()), [2, 3, 4, 4], true],
  gru: [nn.gru(3, 4, { bidirectional: true }), [5, 2, 3], false],
  lstm: [nn.lstm(3, 4, { batchFirst: true }), [2, 5, 3], false],
};

interface Written {
  readonly shape: number[];
  readonly dtype: "float32";
  readonly data: number[];
}

function write({ shape, dtype, data: values }: Tensor): Written {
  return { shape: [...shape], dtype: dtype as "float32", data: Array.from(values) };
}

describe.each(Object.entries(models))("%s", (name, [given, input, isOpen]) => {
  const layer = given as nn.Layer;
  const params = layer.init(random(1));
  const state = mapTree((leaf) => leaf.add(random(2).uniform(leaf.shape)), layer.initState());
  const rows = isOpen ? 7 : input[0]!;
  const x = random(3).normal([rows, ...input.slice(1)]);
  const wanted = layer.apply(params, x, state);

  test("through our engine", async () => {
    const written = await layer.export(file(name), params, { input, state });
    expect(written.dynamicBatch).toBe(isOpen);
    expect(written.bytes).toBe(statSync(file(name)).size);
    const loaded = await loadOnnx(file(name));
    expect(loaded.inputs).toEqual([
      { name: "x", shape: isOpen ? ["batch", ...input.slice(1)] : input, dtype: "float32" },
    ]);
    expect(loaded.inputs).toEqual(written.inputs);
    expect(loaded.outputs).toEqual(written.outputs);
    const { y } = await loaded.run({ x });
    expectNear(y!, wanted, 1e-5, name);
    await loaded.release();
  });

  test("through Python's", async (context) => {
    const python = inject("python");
    if ("reason" in python) return context.skip(`needs Python: ${python.reason}`);
    await layer.export(file(name), params, { input, state });
    const [result] = runPython(python.path, [{ path: file(name), feeds: { x: write(x) } }]);
    expect(result!.inputs).toEqual({ x: isOpen ? ["batch", ...input.slice(1)] : input });
    const { shape, data: values } = result!.outputs["y"]!;
    expectNear(tensor(values).reshape(shape), wanted, 1e-5, name);
  });
});

function runPython(path: string, cases: readonly { path: string; feeds: Record<string, Written> }[]) {
  const script = resolve(import.meta.dirname, "run.py");
  const text = execFileSync(path, [script], { input: JSON.stringify(cases), encoding: "utf8" });
  return JSON.parse(text) as { inputs: Record<string, (number | string)[]>; outputs: Record<string, Written> }[];
}

describe("functions", () => {
  test("of trees, with names of their own or given ones, several dtypes, and fixed sizes where asked", async () => {
    const w = random(1).normal([3, 2]);
    const f = ({ left, right }: { left: Tensor; right: Tensor }, labels: Tensor) => ({
      score: left.matmul(w).add(right),
      best: left.matmul(w).argmax(1),
      hit: labels.equal(1),
    });
    const examples = [{ left: zeros([2, 3]), right: zeros([2, 2]) }, tensor([0, 1], { dtype: "int32" })] as const;
    const written = await exportOnnx(f as never, examples as never, file("tree"));
    expect(written.inputs).toEqual([
      { name: "x0_left", shape: ["batch", 3], dtype: "float32" },
      { name: "x0_right", shape: ["batch", 2], dtype: "float32" },
      { name: "x1", shape: ["batch"], dtype: "int32" },
    ]);
    expect(written.outputs.map(({ name, dtype }) => `${name} ${dtype}`)).toEqual([
      "score float32",
      "best int32",
      "hit bool",
    ]);
    const given = { left: random(2).normal([5, 3]), right: random(3).normal([5, 2]) };
    const labels = tensor([0, 1, 1, 0, 2], { dtype: "int32" });
    const loaded = await loadOnnx(readFileSync(file("tree")));
    const result = await loaded.run({ x0_left: given.left, x0_right: given.right, x1: labels });
    expectNear(result, f(given, labels), 1e-6, "tree");
    expect(Object.values(result).map(({ dtype }) => dtype)).toEqual(["float32", "int32", "bool"]);

    const named = await exportOnnx((x: Tensor) => x.exp(), [zeros([2, 3])], file("named"), {
      inputs: ["features"],
      outputs: ["rates"],
      dynamicBatch: false,
    });
    expect(named).toMatchObject({
      inputs: [{ name: "features", shape: [2, 3], dtype: "float32" }],
      outputs: [{ name: "rates", shape: [2, 3], dtype: "float32" }],
      dynamicBatch: false,
    });
  });

  test("a function that takes this number of rows only keeps it", async () => {
    const weights = tensor([1, 2, 3]);
    const written = await exportOnnx((x: Tensor) => x.mul(weights).sum(), [zeros([3])], file("rows"));
    expect(written).toMatchObject({ dynamicBatch: false, inputs: [{ shape: [3] }] });
  });

  test("what cannot be in a file is a sentence", async () => {
    const path = file("none");
    await expect(exportOnnx((x: Tensor) => x.add(generator.normal([2])), [zeros([2])], path)).rejects.toThrow(
      "exportOnnx: the function draws random numbers or follows an optimizer, which a file cannot.",
    );
    await expect(exportOnnx((x: Tensor) => [x.exp(), zeros([1])], [zeros([2])], path)).rejects.toThrow(
      "exportOnnx: each tensor of the result has to be computed, and be there once.",
    );
    await expect(exportOnnx((x: Tensor) => x.exp(), [zeros([2])], path, { inputs: ["a", "b"] })).rejects.toThrow(
      "exportOnnx: the names a, b where 1 different ones are needed.",
    );
    await expect(exportOnnx((x: Tensor) => x.mul(x.sum().item()), [zeros([2])], path)).rejects.toThrow("are not known");
    await expect(nn.linear(2, 2).export(path, nn.linear(2, 2).init(random(0)), { input: [1, 3] })).rejects.toThrow(
      "linear: an input of shape [1, 3] where […, 2] is needed",
    );
  });
  const generator = random(1);
});

test("what fit gives back writes its model", async () => {
  const model = nn.sequential(nn.linear(4, 5), nn.batchNorm(5), nn.tanh(), nn.linear(5, 3));
  const fitted = await train.fit(model, { data: data.iris(), loss: loss.crossEntropy, progress: false });
  expect((await fitted.export(file("iris"))).inputs).toEqual([{ name: "x", shape: ["batch", 4], dtype: "float32" }]);
  const { features } = data.iris();
  const { y } = await (await loadOnnx(file("iris"))).run({ x: features });
  expectNear(y!, model.apply(fitted.params, features, fitted.state), 1e-5, "iris");
  const own = new (fitted.constructor as new (parts: object) => typeof fitted)({ ...fitted });
  await expect(own.export(file("iris"))).rejects.toThrow("export: this Fitted was not made by fit");
});

test("parameters in float64 make a file that takes float64", async () => {
  const model = nn.linear(4, 2);
  const params = model.init(random(0), { dtype: "float64" });
  const written = await model.export(file("double"), params, { input: [1, 4] });
  expect([...written.inputs, ...written.outputs].map(({ dtype }) => dtype)).toEqual(["float64", "float64"]);
  const x = random(1).normal([3, 4], { dtype: "float64" });
  const { y } = await (await loadOnnx(file("double"))).run({ x });
  expectNear(y!, model.apply(params, x), 1e-12, "double");
});

/** A model from elsewhere: x · x of an element type of ONNX, with ONNX's own schema. */
function writeSquare(elemType: number): Uint8Array {
  const port = (name: string) => ({ name, type: { tensorType: { elemType, shape: { dim: [{ dimParam: "n" }] } } } });
  return onnx.ModelProto.encode({
    irVersion: 8,
    opsetImport: [{ domain: "", version: 18 }],
    graph: {
      name: "square",
      node: [{ opType: "Mul", input: ["x", "x"], output: ["y"] }],
      input: [port("x")],
      output: [port("y")],
    },
  } as never).finish();
}

describe("loadOnnx", () => {
  test("whole numbers of 64 bits are int32 as far as they fit, other types are a sentence", async () => {
    const loaded = await loadOnnx(writeSquare(onnx.TensorProto.DataType.INT64));
    expect(loaded.inputs).toEqual([{ name: "x", shape: ["n"], dtype: "int32" }]);
    const { y } = await loaded.run({ x: tensor([3, -40_000], { dtype: "int32" }) });
    expect([y!.toArray(), y!.dtype]).toEqual([[9, 1_600_000_000], "int32"]);
    await expect(loaded.run({ x: tensor([3, 65_536], { dtype: "int32" }) })).rejects.toThrow(
      "loadOnnx: the output y has 4294967296 at 1, which int32 does not hold.",
    );
    await loaded.release();
    await expect(loadOnnx(writeSquare(onnx.TensorProto.DataType.UINT64))).rejects.toThrow(
      "loadOnnx: x is of type uint64 where one of float32, float64, int32, int64, bool is needed.",
    );
  });

  test("shapes that do not fit, options that do not exist, a model that was let go of", async () => {
    await nn.linear(4, 2).export(file("linear"), nn.linear(4, 2).init(random(0)), { input: [1, 4] });
    const loaded = await loadOnnx(file("linear"));
    for (const [shape, written] of [
      [[3, 5], "[3, 5]"],
      [[4], "[4]"],
      [[], "[]"],
    ] as const)
      await expect(loaded.run({ x: zeros(shape) })).rejects.toThrow(
        `loadOnnx: x has shape ${written} where [batch, 4] is needed`,
      );
    expect((await loaded.run({ x: zeros([0, 4]) }))["y"]!.shape).toEqual([0, 2]);
    await loaded.release();
    await loaded.release();
    await expect(loaded.run({ x: zeros([1, 4]) })).rejects.toThrow("loadOnnx: the model was released; load it again.");
    await expect(loadOnnx(file("linear"), { threads: 0 })).rejects.toThrow(
      "loadOnnx: threads must be a whole number of at least 1, got 0.",
    );
    await expect(loadOnnx(file("linear"), { thread: 1 } as never)).rejects.toThrow(
      "loadOnnx: there is no option thread; there are device, threads.",
    );
  });

  test("names that do not fit, files that are none", async () => {
    await exportOnnx((x: Tensor) => x.exp(), [zeros([2])], file("exp"));
    const loaded = await compile.loadOnnx(file("exp"));
    await expect(loaded.run({ z: zeros([2]) })).rejects.toThrow("loadOnnx: the model takes x, got z.");
    await expect(loaded.run({})).rejects.toThrow("loadOnnx: the model takes x, got nothing.");
    await expect(loadOnnx(new Uint8Array([1, 2, 3]))).rejects.toThrow(/^The engine does not take the graph/);
    await expect(loadOnnx(file("absent"))).rejects.toThrow("ENOENT");
    await expect(loadOnnx(file("exp"), { device: "typescript" })).rejects.toThrow(
      'loadOnnx: a model cannot run on "typescript"; leave device out.',
    );
  });
});

test("examples are looked at for shapes only", async () => {
  const example: Tree = mapTree(({ shape, dtype }) => new Tensor(undefined, shape, dtype), zeros([2, 3]));
  const written = await exportOnnx((x: Tree) => (x as Tensor).sum(1), [example], file("shapes"));
  expect(written.outputs).toEqual([{ name: "y", shape: ["batch"], dtype: "float32" }]);
  expect(leavesOf(example)[0]!.hasData).toBe(false);
});
