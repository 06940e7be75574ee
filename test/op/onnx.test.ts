// Every op, written in ONNX operators and run by the engine, against its evaluation in TypeScript in float64 – which is golden against PyTorch.
import fc, { type GeneratorValue } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Graph, Input, Operation } from "../../src/compile/graph.ts";
import { findBlock } from "../../src/compile/onnx/block.ts";
import { createSession } from "../../src/compile/onnx/engine.ts";
import { type Choose, toInputNames, toModel, toOutputNames } from "../../src/compile/onnx/model.ts";
import { find } from "../../src/op/apply.ts";
import type { Way } from "../../src/op/onnx.ts";
import { elementary } from "../../src/op/record/elementary.ts";
import type { AttrsOf, OpName } from "../../src/op/signature.ts";
import { type DType, isFloat, type TypedArray, toArray } from "../../src/tensor/dtype.ts";
import { toWindow, type Window, windowSize } from "../../src/tensor/shape/convolution.ts";
import { type Shape, sizeOf } from "../../src/tensor/shape/shape.ts";
import type { Values } from "../../src/tensor/values.ts";

const RUNS = 40;
const block = await findBlock();

interface Case<K extends OpName> {
  readonly inputs: readonly Values[];
  readonly attrs: AttrsOf<K>;
}

/** A column of the table: makes inputs and attributes; `real` is the dtype of what is not an index, a condition or mixed on purpose. */
type Make<K extends OpName> = (g: GeneratorValue, real: DType) => Case<K>;

const unary: Make<"neg"> = (g, real) => ({
  inputs: [draw(g, shape(g), { dtype: anyType(g, real), special: true })],
  attrs: {},
});
const wave: Make<"sin"> = (g, real) => ({ inputs: [draw(g, shape(g), { dtype: anyType(g, real) })], attrs: {} });
const binary: Make<"add"> = (g, real) => ({ inputs: operands(g, 2, real), attrs: {} });
const reducing: Make<"sum"> = (g, real) => {
  const x = draw(g, shape(g), { dtype: anyType(g, real), special: g(fc.boolean) });
  return { inputs: [x], attrs: { axes: g(fc.subarray, [...x.shape.keys()]), keepDims: g(fc.boolean) } };
};
/** Of a shape with no empty axis. */
const extreme: Make<"max"> = (g, real) => {
  const x = draw(g, shape(g, { min: 1 }), { dtype: anyType(g, real), special: true });
  return { inputs: [x], attrs: { axes: g(fc.subarray, [...x.shape.keys()]), keepDims: g(fc.boolean) } };
};
const along =
  (least: 0 | 1, unordered = false) =>
  (g: GeneratorValue, real: DType): Case<"flip"> => {
    const x = draw(g, shape(g, { min: least, minRank: 1 }), { dtype: anyType(g, real), unordered });
    return { inputs: [x], attrs: { axis: g(fc.nat, x.shape.length - 1) } };
  };

const cases: { readonly [K in OpName]: Make<K> } = {
  neg: unary,
  abs: unary,
  sign: unary,
  exp: unary,
  expm1: unary,
  log: unary,
  log1p: unary,
  sqrt: unary,
  reciprocal: unary,
  sin: wave,
  cos: wave,
  tanh: unary,
  sigmoid: unary,
  softplus: unary,
  erf: unary,
  relu: unary,
  floor: unary,
  ceil: unary,
  round: unary,
  isNaN: unary,
  not: unary,
  stopGradient: unary,
  cast: (g, real) => ({
    inputs: [draw(g, shape(g), { dtype: anyType(g, real) })],
    attrs: { dtype: g(fc.constantFrom<DType[]>, "float32", "float64", "int32", "bool") },
  }),
  add: binary,
  sub: binary,
  mul: binary,
  div: binary,
  pow: (g, real) => {
    const [a, b] = operands(g, 2, real) as [Values, Values];
    // 0 to a negative power is infinite, which no integer is
    return {
      inputs: [a, isFloat(a.dtype) || isFloat(b.dtype) ? b : { ...b, data: b.data.map(Math.abs) as TypedArray }],
      attrs: {},
    };
  },
  maximum: binary,
  minimum: binary,
  equal: binary,
  notEqual: binary,
  less: binary,
  lessEqual: binary,
  greater: binary,
  greaterEqual: binary,
  and: binary,
  or: binary,
  where: (g, real) => ({ inputs: operands(g, 3, real), attrs: {} }),
  sum: reducing,
  max: extreme,
  min: extreme,
  logSumExp: reducing,
  argmax: along(1, true),
  argmin: along(1, true),
  cumsum: (g, real) => {
    const { inputs, attrs } = along(0)(g, real);
    return { inputs, attrs: { ...attrs, reverse: g(fc.boolean) } };
  },
  argsort: (g, real) => {
    const { inputs, attrs } = along(0, true)(g, real);
    return { inputs, attrs: { ...attrs, descending: g(fc.boolean) } };
  },
  matmul: (g, real) => {
    const batch = shape(g, { maxRank: 2 });
    const [m, k, n] = [size(g), size(g), size(g)];
    const [transposeA, transposeB] = [g(fc.boolean), g(fc.boolean)];
    const a = [...part(g, batch), ...(transposeA ? [k, m] : [m, k])];
    const b = [...part(g, batch), ...(transposeB ? [n, k] : [k, n])];
    return {
      inputs: [draw(g, a, { dtype: anyType(g, real) }), draw(g, b, { dtype: anyType(g, real) })],
      attrs: { transposeA, transposeB },
    };
  },
  reshape: (g, real) => {
    const x = draw(g, shape(g), { dtype: anyType(g, real) });
    const to = g(
      fc.constantFrom<Shape[]>,
      [...x.shape].reverse(),
      [sizeOf(x.shape)],
      [1, ...x.shape],
      [...x.shape, 1, 1],
    );
    return { inputs: [x], attrs: { shape: to } };
  },
  permute: (g, real) => {
    const x = draw(g, shape(g), { dtype: anyType(g, real) });
    const axes = [...x.shape.keys()];
    return { inputs: [x], attrs: { order: g(fc.shuffledSubarray, axes, { minLength: axes.length }) as number[] } };
  },
  broadcastTo: (g, real) => {
    const to = shape(g);
    return { inputs: [draw(g, part(g, to), { dtype: anyType(g, real) })], attrs: { shape: to } };
  },
  slice: (g, real) => {
    const x = draw(g, shape(g), { dtype: anyType(g, real) });
    const axes = x.shape.map((n) => placing(g, n));
    return {
      inputs: [x],
      attrs: { start: axes.map((a) => a.start), step: axes.map((a) => a.step), shape: axes.map((a) => a.size) },
    };
  },
  pad: (g, real) => {
    const to = shape(g);
    const axes = to.map((n) => placing(g, n));
    const x = draw(
      g,
      axes.map((a) => a.size),
      { dtype: anyType(g, real) },
    );
    const value = isFloat(x.dtype) ? g(fc.constantFrom, 0, 0.5, Number.NEGATIVE_INFINITY) : g(fc.nat, 1);
    return { inputs: [x], attrs: { start: axes.map((a) => a.start), step: axes.map((a) => a.step), shape: to, value } };
  },
  flip: along(0),
  concat: (g, real) => {
    const like = shape(g, { minRank: 1 });
    const axis = g(fc.nat, like.length - 1);
    const inputs = Array.from({ length: g(fc.integer, { min: 1, max: 4 }) }, () =>
      draw(
        g,
        like.map((n, i) => (i === axis ? size(g) : n)),
        { dtype: anyType(g, real) },
      ),
    );
    return { inputs, attrs: { axis } };
  },
  take: (g, real) => {
    const x = draw(g, shape(g, { min: 1, minRank: 1 }), { dtype: anyType(g, real) });
    const axis = g(fc.nat, x.shape.length - 1);
    return { inputs: [x, indices(g, shape(g, { maxRank: 2 }), x.shape[axis]!)], attrs: { axis } };
  },
  indexAdd: (g, real) => {
    const to = shape(g, { min: 1, minRank: 1 });
    const axis = g(fc.nat, to.length - 1);
    const at = indices(g, shape(g, { maxRank: 2 }), to[axis]!);
    const x = draw(g, [...to.slice(0, axis), ...at.shape, ...to.slice(axis + 1)], {
      dtype: g(fc.constantFrom<DType[]>, real, "int32"),
    });
    return { inputs: [x, at], attrs: { axis, size: to[axis]! } };
  },
  gather: (g, real) => {
    const x = draw(g, shape(g, { min: 1, minRank: 1 }), { dtype: anyType(g, real) });
    const axis = g(fc.nat, x.shape.length - 1);
    return { inputs: [x, within(g, x.shape, axis)], attrs: { axis } };
  },
  scatterAdd: (g, real) => {
    const to = shape(g, { min: 1, minRank: 1 });
    const axis = g(fc.nat, to.length - 1);
    const at = within(g, to, axis);
    const x = draw(g, at.shape, { dtype: g(fc.constantFrom<DType[]>, real, "int32") });
    return { inputs: [x, at], attrs: { axis, size: to[axis]!, shape: to } };
  },
  conv2d: (g, real) => {
    const { x, w, window } = convolution(g);
    return { inputs: [draw(g, x, { dtype: mixed(g, real) }), draw(g, w, { dtype: real })], attrs: { window } };
  },
  convInput: (g, real) => {
    const { x, w, y, window } = convolution(g);
    return {
      inputs: [draw(g, y, { dtype: mixed(g, real) }), draw(g, w, { dtype: real })],
      attrs: { window, size: [x[2]!, x[3]!] },
    };
  },
  convWeight: (g, real) => {
    const { x, y, window } = convolution(g);
    return { inputs: [draw(g, x, { dtype: mixed(g, real) }), draw(g, y, { dtype: real })], attrs: { window } };
  },
  maxPool: (g, real) => {
    const { x, window } = pooling(g);
    return { inputs: [draw(g, x, { dtype: mixed(g, real) })], attrs: { window } };
  },
  maxUnpool: (g, real) => {
    const { x, y, window } = pooling(g);
    return { inputs: [draw(g, y, { dtype: real }), draw(g, x, { dtype: mixed(g, real) })], attrs: { window } };
  },
  maxPoolAt: (g, real) => {
    const { x, window } = pooling(g);
    return { inputs: [draw(g, x, { dtype: real }), draw(g, x, { dtype: mixed(g, real) })], attrs: { window } };
  },
  avgPool: (g, real) => {
    const { x, window } = pooling(g, { dilated: false });
    return { inputs: [draw(g, x, { dtype: mixed(g, real) })], attrs: { window, countIncludePad: g(fc.boolean) } };
  },
  avgUnpool: (g, real) => {
    const { x, y, window } = pooling(g, { dilated: false });
    return {
      inputs: [draw(g, y, { dtype: real })],
      attrs: { window, countIncludePad: g(fc.boolean), size: [x[2]!, x[3]!] },
    };
  },
  solve: (g, real) => {
    const n = g(fc.integer, { min: 1, max: 6 });
    const b = g(fc.constantFrom<Shape[]>, [n], [n, 1], [n, 3]);
    return { inputs: [regular(draw(g, [n, n], { dtype: real })), draw(g, b, { dtype: mixed(g, real) })], attrs: {} };
  },
  cholesky: (g, real) => ({
    inputs: [definite(draw(g, [6, 6].fill(g(fc.integer, { min: 1, max: 6 })), { dtype: real }))],
    attrs: {},
  }),
};

describe.each(Object.keys(cases) as OpName[])("%s", (name) => {
  for (const real of ["float32", "float64"] as const)
    for (const way of waysOf(name, real))
      test(way === undefined ? real : `${real} by ${way.name}`, async () => {
        let taken = 0;
        const choose: Choose = (_, ways, specs, attrs) => {
          const chosen = [way!, ...ways].find((each) => each.cost(specs, attrs) < Number.POSITIVE_INFINITY);
          if (chosen === way) taken++;
          return chosen;
        };
        await fc.assert(
          fc.asyncProperty(fc.gen(), async (g) => {
            const { inputs, attrs } = (cases[name] as Make<OpName>)(g, real);
            const before = taken;
            await expectSame(name, inputs, attrs, choose, g(fc.constantFrom, "basic", "all"));
            // a case to which the way does not apply does not count
            fc.pre(way === undefined || taken > before);
          }),
          { numRuns: RUNS },
        );
        if (way !== undefined) expect(taken).toBeGreaterThan(0);
      });
});

/** Kernels that the engine has for float32 only. */
const SINGLE = ["Conv", "ConvTranspose", "NCHWc", "taps", "AveragePool"];

/** Every way of an op, each taken wherever it applies (elsewhere the first that does); `undefined` where there is one only. */
function waysOf(name: OpName, real: DType): (Way | undefined)[] {
  const { onnx } = find(name);
  if (typeof onnx === "function") return [undefined];
  return (onnx as readonly Way[]).filter(
    (way) => (real === "float32" || !SINGLE.includes(way.name)) && (block !== undefined || way.name !== "NCHWc"),
  );
}

async function expectSame(
  name: OpName,
  inputs: readonly Values[],
  attrs: object,
  choose: Choose,
  optimization: "basic" | "all",
): Promise<void> {
  const slots = inputs.map((x, i): Input => ({ kind: "input", name: `x${i}`, shape: x.shape, dtype: x.dtype }));
  const output: Operation = { kind: "op", op: name, inputs: slots, attrs, ...find(name).shape(inputs, attrs) };
  const graph: Graph = { inputs: slots, outputs: [output] };
  const names = { inputs: toInputNames(graph), outputs: toOutputNames(graph) };
  const session = await createSession(toModel(graph, names, { choose, block }), slots, names.outputs, {
    threads: 1,
    optimization,
  });
  const [actual] = await session.run(inputs.map((x) => x.data));
  await session.release();
  const wide = inputs.map((x) =>
    x.dtype === "float32" ? { ...x, dtype: "float64" as const, data: Float64Array.from(x.data) } : x,
  );
  const want = find(name).evaluate(wide, attrs, find(name).shape(wide, attrs));
  expect(actual!.constructor).toBe(toArray(output.dtype, 0).constructor);
  expect(actual!.length).toBe(want.length);
  const tolerance = { float64: 1e-9, float32: 1e-4, int32: 0, bool: 0 }[output.dtype];
  // what is summed up loses digits where large terms cancel; a function of one element does not
  const least = name in elementary ? 1e-12 : 0.3;
  want.forEach((value, i) => {
    const rounded = output.dtype === "float32" ? Math.fround(value) : value;
    if (!isClose(actual![i]!, rounded, tolerance, least))
      expect.fail(
        `element ${i} is ${actual![i]}, TypeScript has ${value}; ${output.dtype} [${output.shape}] of ${inputs.map(show)}`,
      );
  });
}

function isClose(actual: number, want: number, tolerance: number, least: number): boolean {
  if (Number.isNaN(want)) return Number.isNaN(actual);
  if (!Number.isFinite(want)) return actual === want;
  return Math.abs(actual - want) <= tolerance * Math.max(Math.abs(want), least);
}

function show({ dtype, shape, data }: Values): string {
  return `${dtype} [${shape}] ${data.slice(0, 40).join(" ")}`;
}

/** A size, now and then 0. */
function size(g: GeneratorValue, min = 0): number {
  return g(fc.integer, { min: g(fc.nat, 9) === 0 ? min : 1, max: 4 });
}

function shape(g: GeneratorValue, { min = 0, minRank = 0, maxRank = 4 } = {}): Shape {
  return Array.from({ length: g(fc.integer, { min: minRank, max: maxRank }) }, () => size(g, min));
}

/** A shape that broadcasts to another one. */
function part(g: GeneratorValue, to: Shape): Shape {
  return to.slice(g(fc.nat, to.length)).map((n) => (g(fc.boolean) ? n : 1));
}

function anyType(g: GeneratorValue, real: DType): DType {
  return g(fc.constantFrom<DType[]>, real, real, real, "int32", "bool");
}

/** The other input of a convolution, or what only decides. */
function mixed(g: GeneratorValue, real: DType): DType {
  return g(fc.constantFrom<DType[]>, real, real, "int32");
}

function operands(g: GeneratorValue, count: number, real: DType): Values[] {
  const whole = shape(g);
  return Array.from({ length: count }, () => draw(g, part(g, whole), { dtype: anyType(g, real) }));
}

/** Where a part of an axis of `n` lies in it. */
function placing(g: GeneratorValue, n: number) {
  const step = g(fc.integer, { min: 1, max: 3 });
  const start = g(fc.nat, Math.max(0, n - 1));
  return { step, start, size: g(fc.nat, Math.max(0, Math.ceil((n - start) / step))) };
}

/** Values with ties: multiples of ½ and others between; where wanted also what is not finite. */
function draw(
  g: GeneratorValue,
  shape: Shape,
  { dtype, special = false, unordered = false }: { dtype: DType; special?: boolean; unordered?: boolean },
): Values {
  const next = generator(g(fc.nat));
  const data = toArray(dtype, sizeOf(shape));
  const rare = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1e-6, -1e-6, 30, -30];
  for (let i = 0; i < data.length; i++) {
    if (dtype === "bool") data[i] = next() < 0.5 ? 0 : 1;
    else if (dtype === "int32") data[i] = Math.floor(next() * 9) - 4;
    else if (unordered && next() < 0.2) data[i] = Number.NaN;
    else if (special && next() < 0.2) data[i] = rare[Math.floor(next() * rare.length)]!;
    else data[i] = next() < 0.5 ? Math.floor(next() * 13 - 6) / 2 : next() * 8 - 4;
  }
  return { shape, dtype, data };
}

/** Lehmer's generator. */
function generator(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Indices into an axis of `n`, from either end, as integers or as floats. */
function indices(g: GeneratorValue, shape: Shape, n: number): Values {
  const next = generator(g(fc.nat));
  const dtype = g(fc.constantFrom<DType[]>, "int32", "int32", "float32");
  const data = toArray(dtype, sizeOf(shape)).map(() => Math.floor(next() * 2 * n) - n);
  return { shape, dtype, data };
}

/** Indices of a shape that is at most as large but along the axis. */
function within(g: GeneratorValue, to: Shape, axis: number): Values {
  return indices(
    g,
    to.map((n, i) => (i === axis ? size(g) : g(fc.integer, { min: 1, max: n }))),
    to[axis]!,
  );
}

function convolution(g: GeneratorValue): { x: Shape; w: Shape; y: Shape; window: Window } {
  const groups = g(fc.constantFrom, 1, 1, 2, 3);
  // the engine's own layout is for many channels
  const unit = g(fc.nat, 3) === 0 ? (block ?? 1) : 1;
  const two = (min: number, max: number): [number, number] => [
    g(fc.integer, { min, max }),
    g(fc.integer, { min, max }),
  ];
  const kernel = two(1, 3);
  const dilation = two(1, 2);
  const window: Window = {
    kernel,
    stride: g(fc.boolean) ? [1, 1] : two(1, 3),
    dilation,
    padding: [...two(0, 2), ...two(0, 2)],
    groups,
  };
  const span = [0, 1].map((axis) => dilation[axis]! * (kernel[axis]! - 1) + 1);
  const x = [
    g(fc.integer, { min: 1, max: 2 }),
    groups * unit * g(fc.integer, { min: 1, max: 2 }),
    ...[0, 1].map(
      (axis) => Math.max(1, span[axis]! - window.padding[axis]! - window.padding[axis + 2]!) + g(fc.nat, 4),
    ),
  ];
  const w = [groups * unit * g(fc.integer, { min: 1, max: 2 }), x[1]! / groups, ...kernel];
  return { x, w, y: [x[0]!, w[0]!, windowSize("test", x, window, 0), windowSize("test", x, window, 1)], window };
}

/** Padding is at most half the kernel, as PyTorch wants it; windows that tile the image are as frequent as others. */
function pooling(g: GeneratorValue, { dilated = true } = {}): { x: Shape; y: Shape; window: Window } {
  const kernel = [g(fc.integer, { min: 1, max: 3 }), g(fc.integer, { min: 1, max: 3 })] as const;
  const tiles = g(fc.boolean);
  const free = {
    stride: [g(fc.integer, { min: 1, max: 3 }), g(fc.integer, { min: 1, max: 3 })] as const,
    padding: kernel.map((k) => g(fc.nat, Math.floor(k / 2))) as unknown as [number, number],
    dilation: dilated ? g(fc.integer, { min: 1, max: 2 }) : 1,
  };
  const window = toWindow(kernel, tiles ? {} : free, kernel);
  const x = [
    g(fc.integer, { min: 1, max: 2 }),
    g(fc.integer, { min: 1, max: 2 }),
    ...kernel.map((k) => 2 * (k - 1) + 1 + g(fc.nat, 4)),
  ];
  return { x, y: [x[0]!, x[1]!, windowSize("test", x, window, 0), windowSize("test", x, window, 1)], window };
}

/** With a heavy diagonal, so that the solution does not lose digits; some rows change places, so that pivots are needed. */
function regular(x: Values): Values {
  const n = x.shape[0]!;
  const data = x.data.slice();
  for (let i = 0; i < n; i++) data[i * n + ((i + 1) % n)]! += 12;
  return { ...x, data };
}

/** A Aᵀ + 4 I. */
function definite(x: Values): Values {
  const n = x.shape[0]!;
  const data = toArray(x.dtype, n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = i === j ? 4 : 0;
      for (let k = 0; k < n; k++) sum += x.data[i * n + k]! * x.data[j * n + k]!;
      data[i * n + j] = sum;
    }
  return { ...x, data };
}
