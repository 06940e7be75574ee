// Graphs of ops chosen at random – shapes that broadcast, shared parts, several outputs, outputs that are inputs, constants, rank 0, empty
// tensors – give what their ops give one by one.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toScriptProgram } from "../../../src/compile/script/program.ts";
import {
  describeGraph,
  evaluate,
  everything,
  fillWith,
  findDifference,
  type Kind,
  randomGraph,
  seeds,
  smooth,
} from "./graphs.ts";

describe("a program of a random graph", () => {
  test("in float64, int32 and bool: equal to 1e-12", () => {
    check(everything, 600, 1e-12);
  });

  test("in float32: equal to 3e-6", () => {
    check(smooth, 300, 3e-6);
  });
});

function check(kind: Kind, numRuns: number, tolerance: number): void {
  const property = fc.property(seeds, fc.integer({ min: 1, max: 24 }), (seed, length) => {
    const { graph, next } = randomGraph(kind, seed, length);
    const inputs = graph.inputs.map((input) => fillWith(next, input));
    const given = inputs.map((input) => input.slice());
    const wanted = evaluate(graph, inputs);
    const program = toScriptProgram(graph);
    // the second run finds the memory as the first left it
    for (const results of [program.runNow(inputs), program.runNow(inputs)])
      wanted.forEach((want, k) => {
        const difference = findDifference(results[k]!, want, tolerance);
        if (difference !== undefined) throw new Error(`output ${k}: ${difference}\n${describeGraph(graph)}`);
      });
    expect(inputs).toEqual(given);
  });
  // a shorter graph is another graph: there is nothing to shrink to
  fc.assert(property, { numRuns, endOnFailure: true });
}
