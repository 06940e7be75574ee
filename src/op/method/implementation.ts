import type { Tensor } from "../../tensor/tensor.ts";

/** An implementation of each method of a family; the public types stand in `src/tensor/method`. */
export type Implementation<Methods> = { readonly [K in keyof Methods]: (this: Tensor, ...args: never) => unknown };
