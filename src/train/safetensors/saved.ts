import type { Tensor } from "../../tensor/tensor.ts";

/** What a file can hold: tensors, numbers, texts, in objects and arrays to any depth. */
export type Saved = Tensor | number | string | boolean | null | readonly Saved[] | { readonly [name: string]: Saved };
