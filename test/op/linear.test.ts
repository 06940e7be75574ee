// What the tables of values and gradients do not say: second derivatives by closed forms, edges, and errors.
import { describe, expect, test } from "vitest";
import { checkGradients, eye, grad, hessian, linalg, type Tensor, tensor } from "../../src/index.ts";

const matrix = (rows: readonly (readonly number[])[]): Tensor => tensor(rows, { dtype: "float64" });
const close = (actual: Tensor, want: readonly number[]) => {
  const found = Array.from(actual.data);
  expect(found.length).toBe(want.length);
  want.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, 9);
  });
};

describe("second derivatives", () => {
  test("the determinant of [[a, b], [c, d]] is ad – bc", () => {
    const second = hessian((a: Tensor) => linalg.determinant(a as never) as Tensor)(
      matrix([
        [1, 2],
        [3, 4],
      ]),
    ) as Tensor;
    close(second, [0, 0, 0, 1, 0, 0, -1, 0, 0, -1, 0, 0, 1, 0, 0, 0]);
  });

  // λ = (a + d ± √((a – d)² + 4b²)) / 2 with a = 2, d = 1: λ₂'' in b at 0 is 2 / (a – d)
  test("an eigenvalue bends as it is pushed away by the other one", () => {
    const value = (b: Tensor): Tensor => {
      const one = b.reshape([1, 1]);
      const off = one.matmul(matrix([[0, 1]]));
      const a = matrix([[1], [0]])
        .matmul(off)
        .add(matrix([[0], [1]]).matmul(one.matmul(matrix([[1, 0]]))))
        .add(
          matrix([
            [2, 0],
            [0, 1],
          ]),
        );
      return linalg.eigh(a).values.at(1) as Tensor;
    };
    const second = grad((b: Tensor) => grad(value)(b))(tensor(0, { dtype: "float64" }));
    expect(second.item()).toBeCloseTo(2, 9);
  });

  // s = √(Σ x²) of one column
  test("the singular value of one column is its norm", () => {
    const second = hessian((x: Tensor) => linalg.svd(x).s.sum() as Tensor)(matrix([[3], [4]])) as Tensor;
    close(second, [16 / 125, -12 / 125, -12 / 125, 9 / 125]);
  });
});

describe("gradients by finite differences", () => {
  const a = matrix([
    [2, 1, 0.5],
    [0.3, -1, 2],
    [1, 0.2, 0.7],
  ]);
  test.each<[string, (x: Tensor) => Tensor]>([
    ["qr", (x) => linalg.qr(x).r.square().mul(linalg.qr(x).q).sum()],
    [
      "svd",
      (x) =>
        linalg
          .svd(x)
          .s.mul(tensor([1, 2, 3]))
          .sum(),
    ],
    ["eigh", (x) => linalg.eigh(x.add(x.transpose())).vectors.square().mul(a).sum()],
    ["logDeterminant", (x) => linalg.logDeterminant(x.matmul(x.transpose()))],
  ])("%s", (_, f) => {
    checkGradients(f, a);
  });
});

test("equal eigenvalues: their sum has the gradient of the trace", () => {
  const slope = grad((x: Tensor) => linalg.eigh(x).values.sum() as Tensor)(eye(3, { dtype: "float64" }));
  close(slope, [1, 0, 0, 0, 1, 0, 0, 0, 1]);
});

test("the logarithm of a determinant: too large for a number, negative, zero", () => {
  expect(linalg.logDeterminant(eye(400, { dtype: "float64" }).mul(1e3)).item()).toBeCloseTo(400 * Math.log(1e3), 6);
  expect(
    linalg
      .logDeterminant(
        matrix([
          [0, 1],
          [1, 0],
        ]),
      )
      .item(),
  ).toBeNaN();
  expect(
    linalg
      .logDeterminant(
        matrix([
          [0, 1, 0],
          [0, 0, 1],
          [1, 0, 0],
        ]),
      )
      .item(),
  ).toBe(0);
  expect(
    linalg
      .logDeterminant(
        matrix([
          [1, 2],
          [2, 4],
        ]),
      )
      .item(),
  ).toBe(Number.NEGATIVE_INFINITY);
});

test("a wide matrix has a wide R", () => {
  const a = matrix([
    [1, 2, 3],
    [4, 5, 7],
  ]);
  const { q, r } = linalg.qr(a);
  expect([q.shape, r.shape]).toEqual([
    [2, 2],
    [2, 3],
  ]);
  close(q.matmul(r), [1, 2, 3, 4, 5, 7]);
});

describe("errors", () => {
  const singular = matrix([
    [1, 2],
    [2, 4],
  ]);
  test.each<[string, () => unknown]>([
    [
      "determinant: the matrix of shape [2, 2] is singular, where there is no gradient.",
      () => grad((x: Tensor) => linalg.determinant(x) as Tensor)(singular),
    ],
    [
      "logDeterminant: the matrix of shape [2, 2] is singular, where there is no gradient.",
      () => grad((x: Tensor) => linalg.logDeterminant(x) as Tensor)(singular),
    ],
    [
      "qr: the matrix of shape [2, 2] is singular, where there is no gradient.",
      () =>
        grad((x: Tensor) => linalg.qr(x).r.sum() as Tensor)(
          matrix([
            [0, 1],
            [0, 2],
          ]),
        ),
    ],
    ["qr: an input of shape [2] where 2 axes are needed", () => linalg.qr(tensor([1, 2]) as Tensor)],
    ["svd: an input of shape [2] where 2 axes are needed", () => linalg.svd(tensor([1, 2]) as Tensor)],
    ["eigh: [1, 2] is not a square matrix", () => linalg.eigh(matrix([[1, 2]]))],
    ["determinant: [1, 2] is not a square matrix", () => linalg.determinant(matrix([[1, 2]]))],
    ["logDeterminant: [1, 2] is not a square matrix", () => linalg.logDeterminant(matrix([[1, 2]]))],
  ])("%s", (sentence, program) => {
    expect(program).toThrow(sentence);
  });
});
