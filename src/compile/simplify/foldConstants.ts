import { find } from "../../op/apply.ts";
import { sizeOf } from "../../tensor/shape/shape.ts";
import type { Constant } from "../graph.ts";
import type { Rule } from "./builder.ts";

/** Results up to this size are computed now; larger ones would make the graph larger than the work they save. */
const LIMIT = 65_536;

/** What depends on constants alone is a constant. A constant that is only spread stays small. */
export const foldConstants: Rule = (node, build) => {
  if (node.op === "broadcastTo" || sizeOf(node.shape) > LIMIT) return undefined;
  if (node.inputs.length === 0 || !node.inputs.every((input) => input.kind === "constant")) return undefined;
  const { shape, dtype } = node;
  const data = find(node.op).evaluate(node.inputs as readonly Constant[], node.attrs, node);
  return build.constant({ kind: "constant", data, shape, dtype });
};
