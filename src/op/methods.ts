import { type Methods, Tensor } from "../tensor/tensor.ts";
import { arithmetic } from "./method/arithmetic.ts";
import { comparison } from "./method/comparison.ts";
import { elementary } from "./method/elementary.ts";
import type { Implementation } from "./method/implementation.ts";
import { indexing } from "./method/indexing.ts";
import { movement } from "./method/movement.ts";
import { reduction } from "./method/reduction.ts";

// Tensors are below ops, so that ops can be about tensors; their methods come from above. The type names every method: a missing one does not compile.
const methods: Implementation<Methods> = {
  ...arithmetic,
  ...comparison,
  ...elementary,
  ...indexing,
  ...movement,
  ...reduction,
};

for (const [name, value] of Object.entries(methods))
  Object.defineProperty(Tensor.prototype, name, { value, writable: true, configurable: true });
