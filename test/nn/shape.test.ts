import { describe, expect, test } from "vitest";
import { nn, random } from "../../src/index.ts";
import { mistakes, refused } from "./mistakes.ts";
import * as programs from "./programs.ts";

describe("a mistake is the same sentence at run time as in the types", () => {
  test.each(mistakes)("%s", (sentence, program) => {
    expect(program).toThrow(expect.objectContaining({ name: "ShapeError", message: sentence }));
  });
});

describe("what is neither a tensor, a generator nor a layer", () => {
  const dense = nn.linear(2, 3);
  const params = dense.init(random(0));
  test.each<[sentence: string, program: () => unknown]>([
    ["linear: an array of 2 where an input tensor is needed.", () => dense.apply(params, [1, 2] as never)],
    ["linear: undefined where an input tensor is needed.", () => dense.train(params, undefined as never)],
    ["linear: undefined where a generator is needed, such as random(0).", () => dense.init(undefined as never)],
    [
      "sequential: number 0 where a generator is needed, such as random(0).",
      () => nn.sequential(dense).init(0 as never),
    ],
    ["sequential: number 5 at 1 where a layer is needed.", () => nn.sequential(dense, 5 as never)],
    ["residual: a function at 0 where a layer is needed.", () => nn.residual(nn.relu as never)],
  ])("%s", (sentence, program) => {
    expect(program).toThrow(expect.objectContaining({ name: "TypeError", message: sentence }));
  });
});

describe("ordinary programs run", () => {
  test.each(Object.entries({ ...programs, refused }))("%s", (_, program) => {
    program();
  });
});
