/** Graphs of which an engine runs the most, and TypeScript what the engine has no form for. Op by op is the oracle. */
import { afterAll, describe, expect, test, vi } from "vitest";
import type { Operation } from "../../src/compile/graph.ts";
import { cut } from "../../src/compile/parts.ts";
import { compile, eye, grad, linalg, random, type Tensor } from "../../src/index.ts";
import { expectNear } from "./near.ts";
import { input, op } from "./onnx/graphs.ts";

const made: ((...args: never) => unknown)[] = [];
afterAll(() => Promise.all(made.map((each) => compile.release(each))));

const x = random(1).normal([400, 40], { dtype: "float64" });
const y = random(2).normal([400, 1], { dtype: "float64" });
const ridge = (x: Tensor, y: Tensor): Tensor =>
  linalg.solve(x.transpose().matmul(x).add(eye(40)), x.transpose().matmul(y)) as Tensor;

test("what comes before and after a system too large for the engine is the engine's", async () => {
  const f = compile((x: Tensor, y: Tensor) => x.matmul(ridge(x, y)).sub(y).square().mean(), { device: "cpu" });
  made.push(f);
  const value = await f(x.to("float32"), y.to("float32"));
  expectNear(value, x.matmul(ridge(x, y)).sub(y).square().mean(), 1e-4, "cpu");
  expect(compile.signatures(f)[0]!.engine).toMatch(/^onnxruntime \(cpu, \d+ threads?\) and TypeScript$/);
});

test("gradients through it: one system after another", async () => {
  const f = compile(
    grad((x: Tensor) => ridge(x, y.to(x.dtype)).square().sum()),
    { device: "cpu" },
  );
  made.push(f);
  expectNear(await f(x.to("float32")), grad((x: Tensor) => ridge(x, y).square().sum())(x), 1e-3, "cpu");
});

test("a program of parts is released as a whole, and says what went wrong in any of them", async () => {
  const f = compile((a: Tensor, b: Tensor) => linalg.solve(a.matmul(a), b.relu()) as Tensor, { device: "cpu" });
  await expect(f(x.slice([0, 40]).mul(0), y.slice([0, 40]))).rejects.toThrow("is singular.");
  await compile.release(f);
  expect(compile.signatures(f)).toEqual([]);
});

test("an engine that cannot be opened leaves nothing open: TypeScript does it all", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const f = compile(ridge, { device: process.platform === "win32" ? "coreml" : "directml" });
  made.push(f);
  expectNear(await f(x.to("float32"), y.to("float32")), ridge(x, y), 1e-4, "cpu");
  expect(compile.signatures(f)[0]!.engine).toBe("TypeScript");
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});

describe("cut", () => {
  const a = input("a", [3]);
  const isSine = ({ op }: Operation) => op === "sin";

  test("each part takes what others give", () => {
    const before = op("exp", [a], {});
    const sine = op("sin", [before], {});
    const other = op("sin", [a], {});
    const last = op("add", [op("add", [sine, other], {}), before], {});
    const [first, apart, after, ...rest] = cut({ inputs: [a], outputs: [last, before] }, isSine);
    expect(rest).toEqual([]);
    expect([first, apart, after].map((part) => part!.isApart)).toEqual([false, true, false]);
    expect(first!.takes).toEqual([a]);
    expect(first!.gives).toEqual([before]);
    expect(new Set(apart!.takes)).toEqual(new Set([before, a]));
    expect(new Set(apart!.gives)).toEqual(new Set([sine, other]));
    expect(new Set(after!.takes)).toEqual(new Set([sine, other, before]));
    expect(after!.gives).toEqual([last]);
  });

  test("ops apart that follow each other are one part, and nothing is left empty", () => {
    const parts = cut({ inputs: [a], outputs: [op("sin", [op("sin", [a], {})], {})] }, isSine);
    expect(parts.map(({ isApart, graph }) => [isApart, graph.outputs.length])).toEqual([[true, 1]]);
  });

  test("a graph without any of them stays whole", () => {
    expect(cut({ inputs: [a], outputs: [op("exp", [a], {})] }, isSine)).toHaveLength(1);
  });
});
