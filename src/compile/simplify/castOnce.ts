import { asOp, type Rule } from "./builder.ts";

/** A cast to the dtype that a value has, and the marks of gradients, do nothing; booleans that become numbers twice become them once. */
export const castOnce: Rule = (node, build) => {
  const [x] = node.inputs;
  if (node.op === "stopGradient") return x;
  if (node.op !== "cast") return undefined;
  if (x!.dtype === node.dtype) return x;
  const inner = asOp(x!, "cast");
  // a cast that loses nothing is not needed on the way to another one
  if (inner !== undefined && isWider(inner.inputs[0]!.dtype, inner.dtype))
    return build.op("cast", [inner.inputs[0]!], { dtype: node.dtype });
  return undefined;
};

const wider: Readonly<Record<string, readonly string[]>> = {
  bool: ["int32", "float32", "float64"],
  int32: ["float64"],
  float32: ["float64"],
  float64: [],
};

function isWider(from: string, to: string): boolean {
  return wider[from]!.includes(to);
}
