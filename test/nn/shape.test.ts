import { describe, expect, test } from "vitest";
import { nn, random, tensor } from "../../src/index.ts";
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

describe("what the types do not follow", () => {
  const attention = nn.multiHeadAttention(4, 2);
  const weights = attention.init(random(0));
  const [three, two] = [tensor.zeros([1, 3, 4]), tensor.zeros([1, 2, 4])];
  const recurrent = nn.gru(2, 3);
  test.each<[sentence: string, program: () => unknown]>([
    [
      "multiHeadAttention: keys of shape [1, 3, 4] and values of shape [1, 2, 4] differ in number",
      () => attention.attend(weights, three, three, two),
    ],
    [
      "multiHeadAttention: a mask of dtype float32 beside a keyMask where bool is needed.",
      () =>
        attention.attend(weights, three, three, three, {
          mask: tensor.zeros([3, 3]),
          keyMask: tensor.ones([1, 3], { dtype: "bool" }),
        }),
    ],
    [
      "gru: an input of shape [0, 1, 2] where at least 1 step is needed",
      () => recurrent.apply(recurrent.init(random(0)), tensor.zeros([0, 1, 2])),
    ],
  ])("%s", (sentence, program) => {
    expect(program).toThrow(expect.objectContaining({ message: sentence }));
  });
});

describe("ordinary programs run", () => {
  test.each(Object.entries({ ...programs, refused }))("%s", (_, program) => {
    program();
  });
});
