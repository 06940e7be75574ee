import { describe, expect, test } from "vitest";
import {
  type Generator,
  grad,
  leavesOf,
  mapTree,
  nn,
  random,
  Tensor,
  type Tree,
  valueAndGrad,
} from "../../src/index.ts";
import { type Case, expectClose, expectTreeClose, readTable } from "../optim/table.ts";

// biome-ignore lint/suspicious/noExplicitAny: arguments are whatever the table holds
type Argument = any;
type Params = { readonly [name: string]: Tensor };
type Options = Record<string, never>;
/** A case as a function of its arguments: the value, and what else the table says. */
type Program = (
  inputs: readonly Argument[],
  options: Options,
  each: Case,
) => Tensor | { readonly [name: string]: Tensor };

const { cases } = readTable("nn");

const none = {} as never;
const activation =
  (make: (options: Options) => nn.Activation): Program =>
  ([x], options) =>
    make(options).apply(none, x as Tensor);
const plain = (name: "relu"): Program => activation(() => nn[name]());

function channels(params: Params, transposed = false): { input: number; output: number; kernel: number[] } {
  const [a, b, ...kernel] = params["weight"]!.shape as [number, number, ...number[]];
  return transposed ? { input: a, output: b, kernel } : { input: b, output: a, kernel };
}

const convolution =
  (name: "conv1d" | "conv2d"): Program =>
  ([params, x], options) => {
    const { input, output, kernel } = channels(params);
    const inputs = input * ((options["groups"] as number | undefined) ?? 1);
    const given = { ...(options as object), bias: "bias" in (params as object) };
    const size = (kernel.length === 1 ? kernel[0] : kernel) as never;
    return (nn[name] as typeof nn.conv2d)(inputs, output, size, given).apply(params as never, x as Tensor) as Tensor;
  };

const transposed =
  (name: "convTranspose1d" | "convTranspose2d"): Program =>
  ([params, x], options) => {
    const { input, output, kernel } = channels(params, true);
    const outputs = output * ((options["groups"] as number | undefined) ?? 1);
    const size = (kernel.length === 1 ? kernel[0] : kernel) as never;
    const layer = (nn[name] as typeof nn.convTranspose2d)(input, outputs, size, options as object);
    return layer.apply(params as never, x as Tensor) as Tensor;
  };

const recurrent =
  (name: "rnn" | "lstm" | "gru"): Program =>
  ([params, x, start], options) => {
    const given = params as Params;
    const [rows, inputSize] = given["weightIhL0"]!.shape as readonly [number, number];
    const hiddenSize = rows / { rnn: 1, lstm: 4, gru: 3 }[name];
    const layer = (nn[name] as typeof nn.rnn)(inputSize, hiddenSize, options);
    const { output, hidden, cell } = layer.run(given as never, x as Tensor, start ?? {});
    return { output, hidden, ...(cell && { cell }) };
  };

const programs: Record<string, Program> = {
  ...Object.fromEntries(
    "relu relu6 selu silu mish softsign sigmoid logSigmoid hardSigmoid hardSwish tanh hardTanh"
      .split(" ")
      .map((name) => [name, plain(name as "relu")]),
  ),
  leakyRelu: activation(({ negativeSlope }) => nn.leakyRelu(negativeSlope)),
  elu: activation(({ alpha }) => nn.elu(alpha)),
  celu: activation(({ alpha }) => nn.celu(alpha)),
  gelu: activation((options) => nn.gelu(options)),
  softplus: activation((options) => nn.softplus(options)),
  softmax: activation(({ dim }) => nn.softmax(dim)),
  logSoftmax: activation(({ dim }) => nn.logSoftmax(dim)),
  prelu: ([params, x]) => nn.prelu((params as Params)["weight"]!.size).apply(params as never, x as Tensor),
  dropout: ([x], options) => {
    const mask = options["mask"] as unknown as Tensor;
    const drawn = { bernoulli: () => mask.to("float64") } as unknown as Generator;
    return nn.dropout(options["p"]).train({}, x as Tensor, { generator: drawn })[0];
  },
  linear: ([params, x]) => {
    const { input, output } = channels(params);
    return nn.linear(input, output, { bias: "bias" in (params as object) }).apply(params as never, x as Tensor);
  },
  conv1d: convolution("conv1d"),
  conv2d: convolution("conv2d"),
  convTranspose1d: transposed("convTranspose1d"),
  convTranspose2d: transposed("convTranspose2d"),
  glu: ([x], { dim }) => nn.glu(dim).apply({}, x as Tensor) as Tensor,
  bilinear: ([params, x1, x2]) => {
    const [outputs, inputs1, inputs2] = (params as Params)["weight"]!.shape as [number, number, number];
    return nn.bilinear(inputs1, inputs2, outputs).apply(params as never, x1 as Tensor, x2 as Tensor) as Tensor;
  },
  maxPool2d: ([x], { kernelSize, ...options }) => nn.maxPool2d(kernelSize!, options).apply({}, x as Tensor) as Tensor,
  avgPool2d: ([x], { kernelSize, ...options }) => nn.avgPool2d(kernelSize!, options).apply({}, x as Tensor) as Tensor,
  maxPool1d: ([x], { kernelSize, ...options }) =>
    nn.maxPool1d(Number(kernelSize), options).apply({}, x as Tensor) as Tensor,
  avgPool1d: ([x], { kernelSize, ...options }) =>
    nn.avgPool1d(Number(kernelSize), options).apply({}, x as Tensor) as Tensor,
  adaptiveAvgPool2d: ([x], { outputSize }) => nn.adaptiveAvgPool2d(outputSize!).apply({}, x as Tensor) as Tensor,
  groupNorm: ([params, x], { numGroups }) =>
    nn.groupNorm(numGroups!, (x as Tensor).shape[1]!).apply(params as never, x as Tensor) as Tensor,
  batchNorm: ([params, x], { training, ...options }, each) => {
    const state = each["state"] as never;
    const affine = (params ?? undefined) !== undefined && Object.keys(params as object).length > 0;
    const layer = nn.batchNorm((each["state"] as Params)["runningMean"]!.size, { ...(options as object), affine });
    const given = (affine ? params : {}) as never;
    if (!training) return layer.apply(given, x as Tensor, state);
    const [y, next] = layer.train(given, x as Tensor, { state });
    expectTreeClose(next as Params, each["nextState"] as Params);
    return y;
  },
  layerNorm: ([params, x], { normalizedShape, ...options }) => {
    const affine = (params ?? undefined) !== undefined && Object.keys(params as object).length > 0;
    const layer = nn.layerNorm(normalizedShape as never, { ...(options as object), elementwiseAffine: affine });
    return layer.apply((affine ? params : {}) as never, x as Tensor) as Tensor;
  },
  rmsNorm: ([params, x], { normalizedShape, ...options }) =>
    nn.rmsNorm(normalizedShape as never, options).apply(params as never, x as Tensor) as Tensor,
  embedding: ([params, ids], options) => {
    const [count, size] = (params as Params)["weight"]!.shape as [number, number];
    return nn.embedding(count, size, options).apply(params as never, ids as Tensor) as Tensor;
  },
  rnn: recurrent("rnn"),
  lstm: recurrent("lstm"),
  gru: recurrent("gru"),
  scaledDotProductAttention: ([query, key, value], options) =>
    nn.attention(query as Tensor, key as Tensor, value as Tensor, options),
  multiHeadAttention: ([params, query, key, value], { heads, ...options }) => {
    const given = params as Params;
    const size = (query as Tensor).shape.at(-1)!;
    const layer = nn.multiHeadAttention(size, heads!, {
      bias: "inProjBias" in given,
      kdim: (key as Tensor).shape.at(-1)!,
      vdim: (value as Tensor).shape.at(-1)!,
    });
    return layer.attend(given as never, query as Tensor, key as Tensor, value as Tensor, options);
  },
};

/** The gradients that we find beside those of the table, one pair for each argument that has one. */
function slopesOf(
  each: Case,
  given: readonly Argument[],
  options: Options,
  cotangent: Tensor | Params | undefined,
): (readonly [found: Tree, expected: Tree])[] {
  const gradients = each["gradients"] as (Tree | null)[];
  const smooth = given.filter((_, i) => gradients[i] !== null) as Tree[];
  if (leavesOf(smooth).length === 0) return [];
  const f = (inputs: readonly Tree[]): Tensor => {
    const rest = [...inputs];
    const all = given.map((argument, i) => (gradients[i] === null ? argument : rest.shift()));
    const value = programs[each.function]!(all as never[], options, each);
    if (value instanceof Tensor) return value.mul((cotangent as Tensor | undefined) ?? 1).sum();
    const parts = Object.entries(value).map(([key, part]): Tensor => part.mul((cotangent as Params)[key]!).sum());
    return parts.reduce((a, b) => a.add(b));
  };
  const expected = gradients.filter((gradient) => gradient !== null);
  return grad<Tree[], [], Tensor>(f)(smooth).map((found, i) => [found, expected[i]!] as const);
}

describe("layers and their gradients are PyTorch's", () => {
  const known = cases.filter((each) => programs[each.function]);
  test.each(known)("$function: $name", (each: Case) => {
    const program = programs[each.function]!;
    const value = program(each.arguments as never[], each.options as Options, each);
    if (value instanceof Tensor) expectClose(value, each.value as Tensor);
    else expectTreeClose(value as Params, each.value as Params);
    const cotangent = each["cotangent"] as Tensor | Params | undefined;
    slopesOf(each, each.arguments as Argument[], each.options as Options, cotangent).forEach(([found, expected]) => {
      // PyTorch's derivative of hardSigmoid has a sixth in single precision
      expectTreeClose(found, expected, each.function === "hardSigmoid" ? 1e-7 : 1e-10);
    });
  });
});

/** Every float64 of a tree in single precision. */
function toSingle(value: unknown): unknown {
  if (value instanceof Tensor) return value.dtype === "float64" ? value.to("float32") : value;
  if (Array.isArray(value)) return value.map(toSingle);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toSingle(each)]));
}

describe("layers in float32", () => {
  const known = cases.filter((each) => programs[each.function] && each["float32"] !== false && !each["state"]);
  test.each(known)("$function: $name", (each: Case) => {
    const [given, options] = [each.arguments, each.options].map(toSingle) as [Argument[], Options];
    const value = programs[each.function]!(given, options, each);
    // a mask given to dropout is in double precision
    if (each.function !== "dropout") for (const part of leavesOf(value)) expect(part.dtype).toBe("float32");
    const double = (part: Tensor) => part.to("float64");
    if (value instanceof Tensor) expectClose(double(value), each.value as Tensor, 1e-5);
    else expectTreeClose(mapTree(double, value), each.value as Params, 1e-5);
    slopesOf(each, given, options, toSingle(each["cotangent"]) as Tensor | Params | undefined).forEach(
      ([found, expected]) => {
        expectTreeClose(mapTree(double, found), expected, 1e-5);
      },
    );
  });
});

describe("models are PyTorch's", () => {
  const find = (name: string) => cases.find((each) => each.name === name)!;
  const crossEntropy = (logits: Tensor, target: Tensor): Tensor =>
    (logits.logSoftmax() as Tensor).gather(1, target.unsqueeze(1)).mean().neg();
  /** The parameters by layer number, as the list that `sequential` wants, with the layers between that have none. */
  const toList = (params: { readonly [layer: string]: Params }, count: number) =>
    Array.from({ length: count }, (_, i) => params[i] ?? {});

  test("residual: x + tanh(linear(x))", () => {
    const { arguments: given, value } = find("x + tanh(linear(x))");
    const [params, x] = given as [Params, Tensor];
    const model = nn.residual(nn.sequential(nn.linear(3, 3), nn.tanh()));
    expectClose(model.apply([params, {}] as never, x), value as Tensor);
  });

  const mlp = nn.sequential(nn.linear(3, 5), nn.relu(), nn.linear(5, 3));
  const cnn = nn.sequential(
    nn.conv2d(1, 2, 3, { padding: 1 }),
    nn.relu(),
    nn.maxPool2d(2),
    nn.flatten(),
    nn.linear(8, 3),
  );
  const ofShape = (params: Params[]) => params.map((layer) => Object.values(layer).map(({ shape }) => shape.join("×")));
  test.each([
    ["linear, relu, linear", mlp],
    ["linear, relu, linear, crossEntropy", mlp],
    ["conv2d (padding 1), relu, maxPool2d 2, flatten, linear, crossEntropy", cnn],
  ] as const)("%s", (name, known) => {
    const { arguments: given, value, cotangent, gradients } = find(name);
    const [tree, x, target] = given as [{ readonly [layer: string]: Params }, Tensor, Tensor | undefined];
    const params = toList(tree, known.parts.length) as Params[];
    const own = params[0]!["weight"]!.shape;
    const model = (own.length === 4
      ? known
      : nn.sequential(
          nn.linear(own[1]!, own[0]!),
          nn.relu(),
          nn.linear(own[0]!, params[2]!["weight"]!.shape[0]!),
        )) as unknown as nn.Layer;
    expect(ofShape(params)[0]).toEqual(ofShape([model.init(random(0)) as unknown as Params[]].flat())[0]);
    const [[loss, output], found] = valueAndGrad((p: Params[]) => {
      const y = model.apply(p, x);
      const l: Tensor = target ? crossEntropy(y, target) : y.mul(cotangent as Tensor).sum();
      return [l, y] as const;
    })(params);
    expectClose(target ? loss : output, value as Tensor);
    const want = toList((gradients as { readonly [layer: string]: Params }[])[0]!, known.parts.length) as Params[];
    expectTreeClose(found, want);
  });
});

test("what the table has and is no layer is a model", () => {
  const unknown = new Set(cases.map((each) => each.function).filter((name) => !programs[name]));
  expect([...unknown].sort()).toEqual(["residual", "sequential"]);
});
