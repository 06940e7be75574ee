/** Ops that are written as one operator: that they are, where they must not be, and that values stay. TypeScript in double precision is the oracle. */
import { afterAll, describe, expect, test } from "vitest";
import { toModel } from "../../../src/compile/onnx/program.ts";
import { loadSchema } from "../../../src/compile/onnx/writer.ts";
import { simplify } from "../../../src/compile/simplify/simplify.ts";
import { trace } from "../../../src/compile/trace/trace.ts";
import { compile, grad, loss, random, type Tensor, tensor, zeros } from "../../../src/index.ts";
import { expectNear } from "../near.ts";

type F = (...args: Tensor[]) => Tensor | readonly Tensor[];

const made: ((...args: never) => unknown)[] = [];
afterAll(() => Promise.all(made.map((each) => compile.release(each))));

/** The operators that a function is written in, once it is clear that its values are right. */
async function write(f: F, args: readonly Tensor[]): Promise<string[]> {
  const compiled = compile(f as (...args: Tensor[]) => Tensor, { device: "cpu" });
  made.push(compiled);
  expectNear(await compiled(...args), f(...args.map((arg) => arg.to("float64"))) as Tensor, 1e-5, "cpu");
  const model = toModel(simplify(trace(f as never, args).graph));
  return loadSchema()
    .onnx.ModelProto.decode(model)
    .graph!.node!.map(({ opType }) => opType!);
}

const generator = random(1);
const [x, w, b] = [generator.normal([6, 5]), generator.normal([4, 5]), generator.normal([4])];
const linear: F = (x, w, b) => x!.matmul(w!.transpose()).add(b!);

const fused: Record<string, [f: F, args: readonly Tensor[], operators: string[]]> = {
  "a softmax": [(x) => x!.softmax(), [x], ["Softmax"]],
  "a softmax in four axes": [(x) => x!.softmax(), [generator.normal([2, 3, 4, 5])], ["Softmax"]],
  "the logarithm of a softmax": [(x) => x!.logSoftmax(), [x.mul(1000)], ["LogSoftmax"]],
  "a product and a bias": [linear, [x, w, b], ["Gemm"]],
  "a bias and a product": [(x, w, b) => b!.add(x!.matmul(w!)), [x, w.transpose(), b], ["Gemm"]],
  "a product and a matrix": [
    (x, w, c) => x!.matmul(w!).add(c!),
    [x, w.transpose(), generator.normal([6, 4])],
    ["Gemm"],
  ],
  "a product and a column": [
    (x, w, c) => x!.matmul(w!).add(c!),
    [x, w.transpose(), generator.normal([6, 1])],
    ["Gemm"],
  ],
  "two products": [(x, w) => x!.matmul(w!).add(x!.exp().matmul(w!)), [x, w.transpose()], ["Exp", "Gemm", "Gemm"]],
};

test.each(Object.entries(fused))("%s", async (_, [f, args, operators]) => {
  expect(await write(f, args)).toEqual(operators);
});

const apart: Record<string, [f: F, args: readonly Tensor[]]> = {
  "a softmax along another axis": [(x) => x!.softmax(0), [x]],
  "a softmax whose powers are needed": [
    (x) => {
      const e = x!.sub(x!.max(-1, { keepDims: true })).exp();
      return [e.div(e.sum(-1, { keepDims: true })), e];
    },
    [x],
  ],
  "powers of one thing over the sum of another": [
    (x) =>
      x!
        .sub(x!.max(-1, { keepDims: true }))
        .exp()
        .div(x!.exp().sum(-1, { keepDims: true })),
    [x],
  ],
  "a product that is needed without its bias": [
    (x, w, b) => {
      const product = x!.matmul(w!.transpose());
      return [product.add(b!), product];
    },
    [x, w, b],
  ],
  "a product that is spread": [(x, w, c) => x!.matmul(w!).add(c!), [x, w.transpose(), generator.normal([2, 6, 4])]],
  "a product with a vector": [(x, w, b) => x!.matmul(w!).add(b!), [x, generator.normal([5, 1]), tensor([2])]],
  "batches of products": [(x, w, b) => x!.matmul(w!).add(b!), [generator.normal([2, 3, 5]), w.transpose(), b]],
  "a product without terms": [(x, w, b) => x!.matmul(w!).add(b!), [zeros([6, 0]), zeros([0, 4]), b]],
};

test.each(Object.entries(apart))("not %s", async (_, [f, args]) => {
  const operators = await write(f, args);
  expect(operators).not.toContain("Softmax");
  expect(operators.includes("Gemm") && !operators.includes("Add")).toBe(false);
});

test("a gradient through both, and through the loss that is made of them", async () => {
  const target = random(2).integers(0, 4, [6]);
  const operators = await write(
    (x, w, b) => grad((w: Tensor) => loss.crossEntropy(linear(x!, w, b!) as Tensor, target))(w!),
    [x, w, b],
  );
  expect(operators).toContain("LogSoftmax");
});

describe("values without a usual softmax", () => {
  const { NaN: none, POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: least } = Number;
  const rows = tensor([
    [1, none, 2],
    [infinity, 1, 2],
    [least, 1, 2],
    [1e38, -1e38, 0],
    [least, least, least],
  ]);

  test.each(["softmax", "logSoftmax"] as const)("%s", async (name) => {
    expect(await write((x) => x![name](), [rows])).toHaveLength(1);
  });
});
