import { describe, expect, test } from "vitest";
import * as generic from "./generic.ts";
import { genericMistakes, mistakes } from "./mistakes.ts";
import * as programs from "./programs.ts";

describe("a mistake is the same sentence at run time as in the types", () => {
  test.each([...mistakes, ...genericMistakes])("%s", (sentence, program) => {
    expect(program).toThrow(expect.objectContaining({ name: "ShapeError", message: sentence }));
  });
});

describe("ordinary programs run", () => {
  test.each([...Object.entries(programs), ...Object.entries(generic)])("%s", (_, program) => {
    program();
  });
});
