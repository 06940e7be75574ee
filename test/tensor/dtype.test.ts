import { describe, expect, test } from "vitest";
import { arange, eye, full, linspace, oneHot, ones, tensor, zeros } from "../../src/index.ts";

describe("dtypes", () => {
  const b = tensor([true, false]);
  const i = tensor([1, 2], { dtype: "int32" });
  const f = tensor([1, 2]);
  const d = tensor([1, 2], { dtype: "float64" });
  test.each([
    [b.add(b), "int32"],
    [b.add(1), "int32"],
    [b.mul(0.5), "float32"],
    [i.add(1), "int32"],
    [i.add(0.5), "float32"],
    [i.div(2), "float32"],
    [i.add(f), "float32"],
    [f.add(0.1), "float32"],
    [f.add(d), "float64"],
    [d.mul(f), "float64"],
    [i.exp(), "float32"],
    [i.mean(), "float32"],
    [i.sum(), "int32"],
    [b.sum(), "int32"],
    [f.greater(1), "bool"],
    [f.argmax(), "int32"],
    [i.matmul(i), "int32"],
    [d.to("int32"), "int32"],
    [b.any(), "bool"],
    [i.neg(), "int32"],
    [d.softmax(), "float64"],
    [d.std(), "float64"],
  ] as const)("%#: %s is %s", (x, dtype) => {
    expect(x.dtype).toBe(dtype);
  });

  test("conversions cut towards 0, anything but 0 is true", () => {
    expect(tensor([1.9, -1.9]).to("int32").toArray()).toEqual([1, -1]);
    expect(tensor([0, 0.5, -2]).to("bool").toArray()).toEqual([false, true, true]);
  });
});

test("creators", () => {
  expect(arange(3).toArray()).toEqual([0, 1, 2]);
  expect(arange(1, 2, 0.25).toArray()).toEqual([1, 1.25, 1.5, 1.75]);
  expect(arange(3, 0, -1).toArray()).toEqual([3, 2, 1]);
  expect(linspace(0, 1, 3).toArray()).toEqual([0, 0.5, 1]);
  expect(linspace(5, 6, 1).toArray()).toEqual([5]);
  expect(eye(2).toArray()).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(oneHot(tensor([0, 2]), 3).toArray()).toEqual([
    [1, 0, 0],
    [0, 0, 1],
  ]);
  expect(full([2], 7, { dtype: "int32" }).toArray()).toEqual([7, 7]);
  expect(tensor(Int32Array.of(1, 2)).dtype).toBe("int32");
  expect(tensor([[], []]).shape).toEqual([2, 0]);
  expect(zeros([0, 3]).sum(0).toArray()).toEqual([0, 0, 0]);
  expect(ones([2, 3]).mean(1).toArray()).toEqual([1, 1]);
  expect(JSON.stringify({ x: tensor([[1, 2]]) })).toBe('{"x":[[1,2]]}');
});

test.each<[() => unknown, string]>([
  [
    () =>
      tensor([
        [1, 2, 3],
        [4, 5],
      ]),
    "tensor: 2 values at [1] where 3 are needed",
  ],
  [() => tensor([[1], 2]), "tensor: a number at [1] where 1 values are needed"],
  [() => tensor([1, [2]]), "tensor: 1 values at [1] where a number is needed"],
  [() => tensor([1, "2" as never]), "tensor: string 2 at [1] where a number is needed"],
  [() => zeros([-1]), "zeros: [-1] is not a shape: sizes are whole numbers from 0"],
  [() => arange(0, 1, 0), "arange: a step of 0 never reaches 1 from 0."],
  [() => oneHot(tensor([3]), 3), "oneHot: label 3 at 0 is not below 3 classes."],
  [() => ones([2, 3]).item(), "item: shape [2, 3] has 6 elements, not 1"],
  [() => tensor([1, 2]).take(tensor([2])), "take: index 2 at 0 is not in an axis of 2."],
  [() => tensor([1, 2]).gather(0, tensor([0.5])), "gather: index 0.5 at 0 is not in an axis of 2."],
  [() => tensor([1]).clamp(2, 1), "clamp: the lower bound 2 is above the upper bound 1."],
  [() => zeros([0]).max(), "max: shape [0] has no element to choose from"],
  [() => zeros([2, 3]).sum([0, 0]), "sum: axis 0 is named twice in [0, 0]"],
  [() => zeros([6]).reshape([4, -1]), "reshape: 6 elements of [6] do not divide into [4, -1]"],
  [() => zeros([2]).topk(3), "topk: 3 of the 2 along axis -1 of shape [2]"],
])("bad input %#", (f, sentence) => {
  expect(f).toThrow(sentence);
});
