// NumPy's own output, made by test/golden/print.py.
import { expect, test } from "vitest";
import { type DType, tensor } from "../../src/index.ts";
import golden from "../golden/print.json" with { type: "json" };

test.each(golden)("$dtype $shape", ({ values, shape, dtype, text }) => {
  const numbers = values.map((value) =>
    value === "nan" ? Number.NaN : value === "inf" ? Infinity : value === "-inf" ? -Infinity : Number(value),
  );
  expect(String(tensor(numbers, { dtype: dtype as DType }).reshape(shape))).toBe(text);
});

test("the representation can be pasted into a cell", () => {
  const display = tensor([
    [1, 2],
    [3, 4],
  ])[Symbol.for("Jupyter.display") as never] as () => Record<string, string>;
  const bundle = display.call(
    tensor([
      [1, 2],
      [3, 4],
    ]),
  );
  expect(bundle["text/plain"]).toBe("tensor([[1., 2.],\n        [3., 4.]])");
  expect(bundle["text/html"]).toContain("<table");
});
