import { zerosLike } from "../../tensor/create.ts";
import { promote } from "../../tensor/dtype.ts";
import { broadcastShapes } from "../../tensor/shape/broadcast.ts";
import { choose, zip } from "../kernel/broadcast.ts";
import { compare, logic, where } from "../lowering/comparison.ts";
import type { Lower } from "../onnx.ts";
import type { Op } from "../op.ts";
import type { Family } from "../signature.ts";
import { sumTo } from "./sumTo.ts";

/** Comparisons give 0 or 1 and have no gradient; `where` chooses by them. */
export const comparison: Family<
  "equal" | "notEqual" | "less" | "lessEqual" | "greater" | "greaterEqual" | "and" | "or" | "where"
> = {
  equal: logical("equal", "x === y", compare("Equal")),
  notEqual: logical("notEqual", "x !== y", compare("Equal", true)),
  less: logical("less", "x < y", compare("Less")),
  lessEqual: logical("lessEqual", "x <= y", compare("LessOrEqual")),
  greater: logical("greater", "x > y", compare("Greater")),
  greaterEqual: logical("greaterEqual", "x >= y", compare("GreaterOrEqual")),
  and: logical("and", "x !== 0 && y !== 0", logic("And")),
  or: logical("or", "x !== 0 || y !== 0", logic("Or")),
  where: {
    shape: ([condition, a, b]) => ({
      shape: broadcastShapes("where", condition.shape, broadcastShapes("where", a.shape, b.shape)),
      dtype: promote(a.dtype, b.dtype),
    }),
    evaluate: ([condition, a, b], _, output) => choose(condition, a, b, output),
    formula: "x !== 0 ? y : z",
    vjp: [
      null,
      (g, [condition, a], _, __, apply) => sumTo(apply("where", [condition, g, zerosLike(g)], {}), a),
      (g, [condition, , b], _, __, apply) => sumTo(apply("where", [condition, zerosLike(g), g], {}), b),
    ],
    onnx: where,
  },
};

function logical(name: string, formula: string, onnx: Lower<2>): Op<2> {
  return {
    shape: ([a, b]) => ({ shape: broadcastShapes(name, a.shape, b.shape), dtype: "bool" }),
    evaluate: ([a, b], _, output) => zip(`${formula} ? 1 : 0`, a, b, output),
    formula: `${formula} ? 1 : 0`,
    vjp: null,
    onnx,
  };
}
