// Graphs of ops chosen at random – shapes that broadcast, shared parts, several outputs, outputs that are inputs, constants, rank 0, empty
// tensors – give what their ops give one by one.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toScriptProgram } from "../../../src/compile/script/program.ts";
import { describeGraph, evaluate, everything, fillWith, type Kind, randomGraph, seeds, smooth } from "./graphs.ts";

describe("a program of a random graph", () => {
  test("in float64, int32 and bool: equal to 1e-12", () => {
    check(everything, 600, (want) => 1e-12 * Math.max(1, Math.abs(want)));
  });

  test("in float32: equal to 3e-6 of the largest element", () => {
    check(smooth, 300, (_, largest) => 3e-6 * Math.max(1, largest));
  });
});

function check(kind: Kind, numRuns: number, tolerance: (want: number, largest: number) => number): void {
  const property = fc.property(seeds, fc.integer({ min: 1, max: 24 }), (seed, length) => {
    const { graph, next } = randomGraph(kind, seed, length);
    const inputs = graph.inputs.map((input) => fillWith(next, input));
    const given = inputs.map((input) => input.slice());
    const wanted = evaluate(graph, inputs);
    const program = toScriptProgram(graph);
    const first = program.runNow(inputs);
    // the second run finds the memory as the first left it
    const second = program.runNow(inputs);
    for (const results of [first, second])
      wanted.forEach((want, k) => {
        const largest = want.reduce((a: number, b) => (Number.isFinite(b) ? Math.max(a, Math.abs(b)) : a), 0);
        want.forEach((w, i) => {
          const got = results[k]![i]!;
          if (got === w || Object.is(got, w) || Math.abs(got - w) <= tolerance(w, largest)) return;
          throw new Error(`output ${k}[${i}] is ${got}, not ${w}\n${describeGraph(graph)}`);
        });
      });
    expect(inputs).toEqual(given);
  });
  fc.assert(property, { numRuns });
}
