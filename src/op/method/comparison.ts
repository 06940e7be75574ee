import type { ComparisonMethods } from "../../tensor/method/comparison.ts";
import type { Operand } from "../../tensor/shape/operand.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../apply.ts";
import { toOperand } from "./arithmetic.ts";
import type { Implementation } from "./implementation.ts";

export const comparison: Implementation<ComparisonMethods> = {
  equal: operator("equal"),
  notEqual: operator("notEqual"),
  less: operator("less"),
  lessEqual: operator("lessEqual"),
  greater: operator("greater"),
  greaterEqual: operator("greaterEqual"),
  and: operator("and"),
  or: operator("or"),
  not() {
    return apply("not", [this], {});
  },
  isNaN() {
    return apply("isNaN", [this], {});
  },
};

type Comparison = "equal" | "notEqual" | "less" | "lessEqual" | "greater" | "greaterEqual" | "and" | "or";

function operator(name: Comparison) {
  return function (this: Tensor, other: Operand): Tensor {
    return apply(name, [this, toOperand(this, other)], {});
  };
}
