import { encode } from "./encode.ts";
import { flatten } from "./flatten.ts";

/** Under this name the form of the tree stands in the metadata. */
export const FORM = "lossbook";

export interface SaveOptions {
  /** Texts to keep in the file beside the tensors: `{ license: "MIT" }`. */
  readonly metadata?: { readonly [name: string]: string };
}

/**
 * Writes parameters, the state of an optimizer or all that `fit` returned into one safetensors file, which Python reads as well. Tensors have dotted names
 * (`0.weight`), so the parameters of a model are named as PyTorch's. The file is there whole or not at all.
 *
 * @example
 * await train.save("model.safetensors", fitted.params);
 * await train.save("run.safetensors", fitted); // to go on later: fit(model, { resume: await train.load("run.safetensors"), … })
 * @throws TypeError `save: apply is a function, which a file cannot hold.`
 */
export async function save(path: string, tree: unknown, { metadata = {} }: SaveOptions = {}): Promise<void> {
  const { tensors, form } = flatten(tree);
  const bytes = encode(tensors, { ...metadata, [FORM]: form });
  const { rename, rm, writeFile } = await import("node:fs/promises");
  const part = `${path}.${Math.random().toString(36).slice(2)}.part`;
  try {
    await writeFile(part, bytes);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
