// Every op of the table goes through a program once, beside its own evaluation. An op without a case does not compile.
import { expect, test } from "vitest";
import type { Graph, Input, Node } from "../../../src/compile/graph.ts";
import { toScriptProgram } from "../../../src/compile/script/program.ts";
import type { OpName } from "../../../src/op/signature.ts";
import { table } from "../../../src/op/table.ts";
import { constant, evaluate, fillWith, findDifference, input, numbers, op } from "./graphs.ts";

const x = input("x", [2, 3, 4]);
const y = input("y", [3, 1]);
const flags = input("flags", [2, 1, 4], "bool");
const image = input("image", [2, 4, 6, 5]);
const weight = input("weight", [6, 2, 3, 2]);
const small = input("small", [2, 6, 3, 4]);
const window = {
  kernel: [3, 2],
  stride: [2, 1],
  padding: [1, 0, 1, 0],
  dilation: [1, 1],
  groups: 2,
} as const;
const pooling = { ...window, groups: 1 };
const size = [6, 5] as const;
const pooled = input("pooled", [2, 4, 3, 4]);
const indices = constant([1, 0, -1], [3], "int32");
const places = constant([2, 0, 1, 1, -1, 0], [2, 3, 1], "int32");
const symmetric = () => {
  const a = input("a", [3, 3]);
  const product = op("matmul", [a, a], { transposeA: false, transposeB: true });
  return op("add", [product, constant([4, 0, 0, 0, 4, 0, 0, 0, 4], [3, 3])], {});
};

const unary = (name: "neg") => [op(name, [x], {})];
const positive = (name: "neg") => [op(name, [op("add", [op("abs", [x], {}), constant(0.1)], {})], {})];
const binary = (name: "add") => [op(name, [x, y], {}), op(name, [y, flags], {})];
const reduce = (name: "sum") =>
  [[0], [1], [2], [0, 2], [0, 1, 2], []].map((axes, i) => op(name, [x], { axes, keepDims: i % 2 === 0 }));
const along = (name: "argmax") => [0, 1, 2].map((axis) => op(name, [x], { axis }));

const cases: { readonly [K in OpName]: () => readonly Node[] } = {
  neg: () => unary("neg"),
  abs: () => unary("abs" as "neg"),
  sign: () => unary("sign" as "neg"),
  exp: () => unary("exp" as "neg"),
  expm1: () => unary("expm1" as "neg"),
  log: () => positive("log" as "neg"),
  log1p: () => positive("log1p" as "neg"),
  sqrt: () => positive("sqrt" as "neg"),
  reciprocal: () => positive("reciprocal" as "neg"),
  sin: () => unary("sin" as "neg"),
  cos: () => unary("cos" as "neg"),
  tanh: () => unary("tanh" as "neg"),
  sigmoid: () => unary("sigmoid" as "neg"),
  softplus: () => unary("softplus" as "neg"),
  erf: () => unary("erf" as "neg"),
  relu: () => unary("relu" as "neg"),
  floor: () => unary("floor" as "neg"),
  ceil: () => unary("ceil" as "neg"),
  round: () => unary("round" as "neg"),
  isNaN: () => [op("isNaN", [op("log", [x], {})], {})],
  not: () => [op("not", [flags], {}), op("not", [x], {})],
  stopGradient: () => unary("stopGradient" as "neg"),
  cast: () => (["float32", "float64", "int32", "bool"] as const).map((dtype) => op("cast", [x], { dtype })),
  add: () => binary("add"),
  sub: () => binary("sub" as "add"),
  mul: () => binary("mul" as "add"),
  div: () => binary("div" as "add"),
  pow: () => binary("pow" as "add"),
  maximum: () => binary("maximum" as "add"),
  minimum: () => binary("minimum" as "add"),
  equal: () => binary("equal" as "add"),
  notEqual: () => binary("notEqual" as "add"),
  less: () => binary("less" as "add"),
  lessEqual: () => binary("lessEqual" as "add"),
  greater: () => binary("greater" as "add"),
  greaterEqual: () => binary("greaterEqual" as "add"),
  and: () => binary("and" as "add"),
  or: () => binary("or" as "add"),
  where: () => [op("where", [flags, x, y], {}), op("where", [y, flags, x], {})],
  sum: () => reduce("sum"),
  max: () => reduce("max" as "sum"),
  min: () => reduce("min" as "sum"),
  logSumExp: () => reduce("logSumExp" as "sum"),
  argmax: () => along("argmax"),
  argmin: () => along("argmin" as "argmax"),
  cumsum: () => [op("cumsum", [x], { axis: 1, reverse: false }), op("cumsum", [x], { axis: 2, reverse: true })],
  argsort: () => [
    op("argsort", [x], { axis: 0, descending: true }),
    op("argsort", [x], { axis: 2, descending: false }),
  ],
  matmul: () =>
    [false, true].flatMap((transposeB) => {
      const b = input("b", transposeB ? [2, 5, 4] : [2, 4, 5]);
      const large = input("large", [24, 23]);
      return [
        op("matmul", [x, b], { transposeA: false, transposeB }),
        op("matmul", [y, y], { transposeA: !transposeB, transposeB }),
        op("matmul", [large, large], { transposeA: !transposeB, transposeB }),
        op("matmul", [op("permute", [large], { order: [1, 0] }), op("exp", [large], {})], {
          transposeA: false,
          transposeB: false,
        }),
      ];
    }),
  reshape: () =>
    [[24], [6, 4], [4, 3, 2], [2, 1, 12]].flatMap((shape) => [
      op("reshape", [x], { shape }),
      op("neg", [op("reshape", [op("permute", [x], { order: [2, 0, 1] })], { shape })], {}),
    ]),
  permute: () =>
    [
      [0, 2, 1],
      [2, 0, 1],
      [1, 0, 2],
    ].map((order) => op("permute", [x], { order })),
  broadcastTo: () => [op("broadcastTo", [y], { shape: [2, 3, 5] }), op("broadcastTo", [flags], { shape: [2, 3, 4] })],
  slice: () => [op("slice", [x], { start: [1, 0, 3], step: [1, 2, 1], shape: [1, 2, 1] })],
  pad: () => [op("pad", [y], { start: [1, 0], step: [2, 1], shape: [6, 2], value: -1 })],
  flip: () => [op("flip", [x], { axis: 1 }), op("exp", [op("flip", [x], { axis: 2 })], {})],
  concat: () => [op("concat", [x, x, op("neg", [x], {})], { axis: 1 })],
  take: () => [op("take", [x, indices], { axis: 1 })],
  indexAdd: () => [op("indexAdd", [x, indices], { axis: 1, size: 5 })],
  gather: () => [op("gather", [x, places], { axis: 1 })],
  scatterAdd: () => [
    op("scatterAdd", [op("slice", [x], { start: [0, 0, 0], step: [1, 1, 1], shape: [2, 3, 1] }), places], {
      axis: 1,
      size: 3,
      shape: [2, 3, 2],
    }),
  ],
  conv2d: () => [op("conv2d", [image, weight], { window })],
  convInput: () => [op("convInput", [small, weight], { window, size })],
  convWeight: () => [op("convWeight", [image, small], { window })],
  maxPool: () => [op("maxPool", [image], { window: pooling })],
  maxUnpool: () => [op("maxUnpool", [pooled, image], { window: pooling })],
  maxPoolAt: () => [op("maxPoolAt", [image, op("neg", [image], {})], { window: pooling })],
  avgPool: () => [true, false].map((countIncludePad) => op("avgPool", [image], { window: pooling, countIncludePad })),
  avgUnpool: () =>
    [true, false].map((countIncludePad) => op("avgUnpool", [pooled], { window: pooling, countIncludePad, size })),
  solve: () => [op("solve", [symmetric(), y], {})],
  cholesky: () => [op("cholesky", [symmetric()], {})],
};

test("every op has a case", () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(table).sort());
});

test.each(Object.entries(cases))("%s", (_, make) => {
  const made = make();
  // alone, and in the middle of a loop
  const outputs = [
    ...made,
    ...made.map((node) => op("mul", [op("cast", [node], { dtype: "float64" }), constant(0.5)], {})),
  ];
  const graph: Graph = { inputs: findInputs(outputs), outputs };
  const next = numbers(7);
  const inputs = graph.inputs.map((each) => fillWith(next, each));
  const results = toScriptProgram(graph).runNow(inputs);
  evaluate(graph, inputs).forEach((want, k) => {
    expect(want.length).toBeGreaterThan(0);
    expect(results[k]!.constructor).toBe(want.constructor);
    expect(findDifference(results[k]!, want, 1e-12), `output ${k}`).toBeUndefined();
  });
});

function findInputs(outputs: readonly Node[]): Input[] {
  const found = new Set(outputs);
  for (const node of found) if (node.kind === "op") for (const each of node.inputs) found.add(each);
  return [...found].filter((node) => node.kind === "input");
}
