/** Numbers that the documentation and the tests of other libraries print. */
import { describe, expect, test } from "vitest";
import { findPublished, run } from "./golden.ts";

describe("published numbers", () => {
  test.each(findPublished().map((row) => [row.name, row] as const))("%s", (_, row) => {
    const value = run(row);
    expect(value.size).toBe(row.value.size);
    row.value.data.forEach((printed, i) => {
      expect(Math.abs(row.times * value.data[i]! - printed), `${value.data[i]} for ${printed}`).toBeLessThanOrEqual(
        row.tolerance,
      );
    });
  });
});
