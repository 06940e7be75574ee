import { arithmetic } from "./record/arithmetic.ts";
import { comparison } from "./record/comparison.ts";
import { convolution } from "./record/convolution.ts";
import { elementary } from "./record/elementary.ts";
import { indexing } from "./record/indexing.ts";
import { linear } from "./record/linear.ts";
import { movement } from "./record/movement.ts";
import { ordering } from "./record/ordering.ts";
import { pooling } from "./record/pooling.ts";
import { product } from "./record/product.ts";
import { reduction } from "./record/reduction.ts";
import type { Signatures } from "./signature.ts";

/** Every op, one record each. The type names them all: a missing record, or a missing column of one, does not compile. */
export const table: Signatures = {
  ...elementary,
  ...arithmetic,
  ...comparison,
  ...reduction,
  ...ordering,
  ...product,
  ...movement,
  ...indexing,
  ...convolution,
  ...pooling,
  ...linear,
};
