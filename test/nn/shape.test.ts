import { describe, expect, test } from "vitest";
import { mistakes, refused } from "./mistakes.ts";
import * as programs from "./programs.ts";

describe("a mistake is the same sentence at run time as in the types", () => {
  test.each(mistakes)("%s", (sentence, program) => {
    expect(program).toThrow(expect.objectContaining({ name: "ShapeError", message: sentence }));
  });
});

describe("ordinary programs run", () => {
  test.each(Object.entries({ ...programs, refused }))("%s", (_, program) => {
    program();
  });
});
