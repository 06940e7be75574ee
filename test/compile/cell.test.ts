/** What the checker makes of compiled functions in cells: precise results, mistakes in arguments, the types of the preloaded names. */
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openNotebook } from "../language/notebook.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const { language, check, close } = openNotebook({}, { library: [resolve(ROOT, "dist/src/notebook.d.ts")] });
afterAll(close);

const CELL = `
  const optimizer = optim.sgd({ lr: 0.1 });
  const step = compile((params: Tensor, state: optim.State<Tensor>, x: Tensor, scale?: number) => {
    const [value, gradients] = valueAndGrad((p: Tensor) => p.mul(x).square().sum())(params);
    return { value, scale, ...optimizer.update(gradients, state, params) };
  });
  const double = compile(<S extends readonly number[]>(a: Tensor<S>) => a.mul(2));
  const params = tensor([1, 2]) as Tensor;
  const next = await step(params, optimizer.init(params), tensor([1, 1]));
  const twice = await double(tensor.zeros([2, 3]));
`;

beforeAll(async () => {
  expect(await check(CELL)).toEqual([]);
});

async function inspect(source: string): Promise<string> {
  return (await language.inspect(source, source.length, 0))?.markdown ?? "";
}

describe("a compiled function", () => {
  test.each([
    ["next.value", /value: Tensor<readonly \[\]>/],
    ["next.scale", /scale: number \| undefined/],
    ["next.state.step", /step: number/],
    ["twice", /Tensor<readonly \[2, 3\]>/],
    ["step", /\(params: Tensor.*, state: .*State<Tensor.*>, x: Tensor.*, scale\?: number/s],
    ["compile", /as one graph[\s\S]*await/],
    ["exportOnnx", /ONNX file/],
    ["loadOnnx", /ONNX file/],
  ])("%s is inspected", async (source, wanted) => {
    expect(await inspect(source)).toMatch(wanted);
  });

  test.each([
    ["await step(params)", /Expected 3-4 arguments, but got 1/],
    ["(await double(tensor.zeros([2, 3]))).matmul(tensor.zeros([2, 2]))", /inner sizes differ|3.*2/],
    ["step(params, optimizer.init(params), params).value", /Property 'value' does not exist on type 'Promise/],
    ['compile((a: Tensor) => a, { device: "tpu" })', /"tpu"/],
    ["compile((a: Tensor) => a, { threads: '2' })", /'string' is not assignable to type 'number'/],
  ])("%s is a mistake", async (source, wanted) => {
    const found = await check(source);
    expect(String(found)).toMatch(wanted);
  });
});

test.each([
  "let a: optim.Optimizer = optim.adam(); let b: optim.Rate = 0.1; let c: optim.Transform = optim.clipByValue(1);",
  "const layer = nn.linear(2, 3); let p: nn.ParamsOf<typeof layer> = layer.init(random(0)); let d: nn.Layer = nn.relu() as never;",
  "let e: train.FitEvent | undefined; let f: train.History | undefined; let g: train.Fitted | undefined; let h: train.Callbacks = {};",
  "let i: data.Dataset = data.iris() as data.Dataset; let j: chart.Chart = chart.lossCurve({ train: [1, 2] });",
  'let k: loss.Reduction = "mean"; let l: metric.ConfusionMatrix | undefined; let m: model.Classifier | undefined;',
])("types stand where their values do: %s", async (source) => {
  expect(await check(source)).toEqual([]);
});
