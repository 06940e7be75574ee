// What a program promises beside its values: whose memory the results are in, what it does with arrays of the caller, and which mistakes it names.
import { describe, expect, test } from "vitest";
import type { Graph, Node } from "../../../src/compile/graph.ts";
import { estimate, toScriptProgram } from "../../../src/compile/script/program.ts";
import { constant, evaluate, input, op } from "./graphs.ts";

const x = input("x", [3], "float32");
const given = () => Float32Array.of(1, 2, 3);

describe("memory", () => {
  test("an output that is an input is a copy of it", () => {
    const values = given();
    const [same, reshaped] = toScriptProgram({
      inputs: [x],
      outputs: [x, op("reshape", [x], { shape: [3, 1] })],
    }).runNow([values]);
    expect([same, reshaped]).toEqual([values, values]);
    expect(new Set([same!.buffer, reshaped!.buffer, values.buffer]).size).toBe(3);
  });

  test("a constant that is an output is a copy of it", () => {
    const kept = constant([4, 5], [2]);
    const program = toScriptProgram({ inputs: [], outputs: [kept, kept] });
    const [first, second] = program.runNow([]);
    first!.fill(0);
    expect(second).toEqual(Float64Array.of(4, 5));
    expect(program.runNow([])[0]).toEqual(Float64Array.of(4, 5));
  });

  test("results of one run are not touched by the next", () => {
    const shared = op("exp", [x], {});
    const program = toScriptProgram({
      inputs: [x],
      outputs: [shared, op("sum", [shared], { axes: [0], keepDims: false }), shared],
    });
    const first = program.runNow([given()]);
    const kept = first.map((each) => each.slice());
    program.runNow([Float32Array.of(0, 0, 0)]);
    expect(first).toEqual(kept);
    expect(first[0]).not.toBe(first[2]);
  });

  test("an op that hands its input on does not hand on the memory of the program", () => {
    const sorted = op("argsort", [op("neg", [x], {})], { axis: 0, descending: false });
    const cast = op("cast", [op("reshape", [sorted], { shape: [1, 3] })], { dtype: "int32" });
    const program = toScriptProgram({ inputs: [x], outputs: [cast, sorted] });
    const [first, second] = program.runNow([given()]);
    expect(first).toEqual(Int32Array.of(2, 1, 0));
    expect(first!.buffer).not.toBe(second!.buffer);
  });
});

describe("runInto", () => {
  // (a, b) → (b, a + b): each step reads both and moves one
  const a = input("a", [1]);
  const b = input("b", [1]);
  const fibonacci: Graph = { inputs: [a, b], outputs: [b, op("add", [a, b], {})] };

  test("outputs may be the next inputs", () => {
    const program = toScriptProgram(fibonacci);
    let now = [Float64Array.of(0), Float64Array.of(1)];
    let next = [new Float64Array(1), new Float64Array(1)];
    for (let i = 0; i < 30; i++) {
      program.runInto(now, next);
      [now, next] = [next, now];
    }
    expect(now.map(([value]) => value)).toEqual([832040, 1346269]);
  });

  test("an array that is read cannot be written", () => {
    const [one, two] = [Float64Array.of(0), Float64Array.of(1)];
    const program = toScriptProgram(fibonacci);
    expect(() => program.runInto([one, two], [new Float64Array(1), two])).toThrow(
      new RangeError("compile: output 1 is also input 1; it would be written while it is read."),
    );
    expect(two).toEqual(Float64Array.of(1));
  });

  test("two outputs cannot be one array", () => {
    const both = new Float64Array(1);
    expect(() => toScriptProgram(fibonacci).runInto([Float64Array.of(0), Float64Array.of(1)], [both, both])).toThrow(
      new RangeError("compile: output 1 is also output 0; one would replace the other."),
    );
  });

  test("outputs are of the right size and dtype", () => {
    const program = toScriptProgram({ inputs: [x], outputs: [op("greater", [x, constant(1)], {})] });
    expect(() => program.runInto([given()], [new Float32Array(3)])).toThrow(
      new RangeError("compile: output 0 is Float32Array of 3 where Uint8Array of 3 is needed, for shape [3]."),
    );
    const out = new Uint8Array(3);
    program.runInto([given()], [out]);
    expect([...out]).toEqual([0, 1, 1]);
  });
});

describe("inputs", () => {
  const program = toScriptProgram({ inputs: [x], outputs: [op("neg", [x], {})] });

  test("of another size", () => {
    expect(() => program.runNow([new Float32Array(4)])).toThrow(
      new RangeError("compile: input 0 is Float32Array of 4 where Float32Array of 3 is needed, for shape [3]."),
    );
  });

  test("of another dtype", async () => {
    await expect(program.run([new Float64Array(3)])).rejects.toThrow("input 0 is Float64Array of 3 where Float32Array");
  });

  test("too few", () => {
    expect(() => program.runNow([])).toThrow(new RangeError("compile: 0 inputs where 1 are needed."));
  });

  test("one that the graph does not name", () => {
    expect(() => toScriptProgram({ inputs: [], outputs: [x] })).toThrow(
      new Error("compile: the input x is used and not among the inputs of the graph."),
    );
  });
});

test("runs that overlap do not disturb one another", async () => {
  const y = op("mul", [op("exp", [x], {}), constant(2, [], "float32")], {});
  const total = op("sum", [y], { axes: [0], keepDims: false });
  const program = toScriptProgram({ inputs: [x], outputs: [op("div", [y, total], {}), total] });
  const batches = Array.from({ length: 20 }, (_, i) => Float32Array.of(0, i / 10, -i / 10));
  const results = await Promise.all(batches.map((batch) => program.run([batch])));
  results.forEach(([shares], i) => {
    const weights = batches[i]!.map(Math.exp);
    const sum = weights[0]! + weights[1]! + weights[2]!;
    shares!.forEach((share, k) => {
      expect(share).toBeCloseTo(weights[k]! / sum, 6);
    });
  });
});

test("what is released gives nothing back that others use", async () => {
  const program = toScriptProgram({ inputs: [x], outputs: [op("neg", [x], {})] });
  const [before] = await program.run([given()]);
  await program.release();
  expect(before).toEqual(Float32Array.of(-1, -2, -3));
});

describe("ties survive that float32 loops do not round on the way", () => {
  // the gradient of max: equal shares for what is as large as the largest; 1/3 · x is not a float32
  test("where an element is compared with the largest", () => {
    const scaled = op("div", [x, constant(3, [], "float32")], {});
    const largest = op("max", [scaled], { axes: [0], keepDims: true });
    const [hits] = toScriptProgram({ inputs: [x], outputs: [op("equal", [scaled, largest], {})] }).runNow([given()]);
    expect([...hits!]).toEqual([0, 0, 1]);
  });
});

test("a chain of ten thousand ops", () => {
  let node: Node = x;
  for (let i = 0; i < 5_000; i++)
    node = op("sub", [op("add", [node, constant(1, [], "float32")], {}), constant(0.5, [], "float32")], {});
  const [result] = toScriptProgram({ inputs: [x], outputs: [node] }).runNow([given()]);
  expect(result).toEqual(Float32Array.of(2501, 2502, 2503));
});

test("whole powers are products", () => {
  const exponents = [-1, 2, 3, 2.5];
  const graph = { inputs: [x], outputs: exponents.map((n) => op("pow", [x, constant(n, [], "float32")], {})) };
  const results = toScriptProgram(graph).runNow([given()]);
  exponents.forEach((n, k) => {
    expect(results[k]).toEqual(given().map((value) => value ** n));
  });
});

test("int32 wraps around as it does op by op", () => {
  const whole = input("whole", [2], "int32");
  const graph = { inputs: [whole], outputs: [op("add", [op("mul", [whole, whole], {}), whole], {})] };
  const inputs = [Int32Array.of(100_000, -46_341)];
  expect(toScriptProgram(graph).runNow(inputs)).toEqual(evaluate(graph, inputs));
});

describe("estimate", () => {
  const square = (n: number) => {
    const a = input("a", [n, n], "float32");
    return { inputs: [a], outputs: [op("matmul", [a, a], { transposeA: false, transposeB: false })] };
  };

  test("of nothing is next to nothing", () => {
    expect(estimate({ inputs: [x], outputs: [x] })).toBeLessThan(1);
  });

  test("grows with the work", () => {
    expect(estimate(square(64)) / estimate(square(32))).toBeGreaterThan(6);
    expect(estimate(square(64)) / estimate(square(32))).toBeLessThan(10);
  });
});
