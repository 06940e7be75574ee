import type { CreateOptions } from "../tensor/create.ts";
import type { Generator } from "../tensor/random/random.ts";
import { type Shape, ShapeError, sameShape, sizeOf, writeShape } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tensor/tree.ts";
import type { Initializer } from "./initializer.ts";

/** A parameter that is still to be drawn. */
export interface Declaration {
  readonly shape: Shape;
  readonly initializer: Initializer;
}

/** The parameters of a layer by name, in the order in which they are drawn. */
export type Declarations = { readonly [name: string]: Declaration | Declarations };

export function draw(declarations: Declarations, generator: Generator, options: CreateOptions): Tree {
  return Object.fromEntries(
    Object.entries(declarations).map(([name, each]) => [
      name,
      isDeclaration(each) ? each.initializer(generator, each.shape, options) : draw(each, generator, options),
    ]),
  );
}

export function countParameters(declarations: Declarations): number {
  return Object.values(declarations).reduce(
    (sum: number, each) => sum + (isDeclaration(each) ? sizeOf(each.shape) : countParameters(each)),
    0,
  );
}

/** `linear: a weight of shape [10, 783] where [10, 784] is needed` */
export function checkParameters(layer: string, declarations: Declarations, params: Tree): void {
  for (const [name, each] of Object.entries(declarations)) {
    const value = (params as { readonly [name: string]: Tree } | undefined)?.[name];
    if (!isDeclaration(each)) {
      checkParameters(layer, each, value ?? {});
      continue;
    }
    if (!(value instanceof Tensor))
      throw new TypeError(
        `${layer}: parameters with [${Object.keys(params ?? {}).join(", ")}] where [${Object.keys(declarations).join(", ")}] are needed.`,
      );
    if (!sameShape(value.shape, each.shape))
      throw new ShapeError(
        `${layer}: a parameter ${name} of shape ${writeShape(value.shape)} where ${writeShape(each.shape)} is needed`,
      );
  }
}

function isDeclaration(each: Declaration | Declarations): each is Declaration {
  return typeof (each as Declaration).initializer === "function";
}
