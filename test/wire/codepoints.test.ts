import fc from "fast-check";
import { expect, test } from "vitest";
import { toCodePoints, toUtf16Offset } from "../../kernel/wire/codepoints.ts";

test.each([
  ["abc", 2, 2],
  ["😀x", 1, 2],
  ["a😀b😀", 4, 6],
  ["日本", 1, 1],
  ["x", 9, 1],
  ["", 0, 0],
])("%s: %i code points are %i units", (text, codePoints, units) => {
  expect(toUtf16Offset(text, codePoints)).toBe(units);
});

test("counting goes both ways", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(20), (text, n) => {
      const offset = toUtf16Offset(text, n);
      expect(toCodePoints(text, offset)).toBe(Math.min(n, [...text].length));
    }),
  );
});
