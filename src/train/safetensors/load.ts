import { isFloat } from "../../tensor/dtype.ts";
import { ShapeError, sameShape, writeShape } from "../../tensor/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { leavesOf, type Tree, withLeaves } from "../../tensor/tree.ts";
import { decode } from "./decode.ts";
import { flatten, toTree, unflatten } from "./flatten.ts";
import { FORM } from "./save.ts";
import type { Saved } from "./saved.ts";

export interface LoadOptions<P extends Tree> {
  /** A tree of the same form: its names, shapes and dtypes are asked of the file, and the result has its type. */
  readonly like: P;
}

/**
 * Reads a safetensors file: what `save` wrote comes back as it was, numbers included; of other files names become objects and lists
 * (`0.weight` is `[{ weight }]`). With `like` the result is typed, and the file has to match; floats take the dtype of `like`.
 *
 * @example
 * const params = await train.load("model.safetensors", { like: model.init(random(0)) });
 * @throws SafetensorsError `model.safetensors is cut: its header says 1024 bytes of data, the file has 1000.`
 * @throws ShapeError `load: 0.weight of shape [16, 4] in model.safetensors where [8, 4] is needed`
 */
export async function load(path: string): Promise<Saved>;
export async function load<P extends Tree>(path: string, options: LoadOptions<P>): Promise<P>;
export async function load(path: string, options?: LoadOptions<Tree>): Promise<Saved> {
  const { readFile } = await import("node:fs/promises");
  const name = path.split(/[\\/]/).at(-1)!;
  const { tensors, metadata } = decode(await readFile(path), name);
  if (options !== undefined) return match(tensors, options.like, name) as Saved;
  const form = metadata[FORM];
  return form === undefined ? toTree(tensors) : unflatten(tensors, form);
}

function match(tensors: { readonly [name: string]: Tensor }, like: Tree, file: string): Tree {
  const wanted = flatten(like).tensors;
  const missing = Object.keys(wanted).find((name) => !Object.hasOwn(tensors, name));
  if (missing !== undefined)
    throw new TypeError(`load: ${file} lacks ${missing}; it has ${Object.keys(tensors).join(", ") || "nothing"}.`);
  const strange = Object.keys(tensors).find((name) => !Object.hasOwn(wanted, name));
  if (strange !== undefined)
    throw new TypeError(`load: ${file} has ${strange} where only ${Object.keys(wanted).join(", ")} are needed.`);
  const leaves = Object.entries(wanted).map(([name, { shape, dtype }]) => {
    const found = tensors[name]!;
    if (!sameShape(found.shape, shape))
      throw new ShapeError(
        `load: ${name} of shape ${writeShape(found.shape)} in ${file} where ${writeShape(shape)} is needed`,
      );
    if (found.dtype === dtype) return found;
    if (!(isFloat(found.dtype) && isFloat(dtype)))
      throw new TypeError(`load: ${name} of dtype ${found.dtype} in ${file} where ${dtype} is needed.`);
    return found.to(dtype) as Tensor;
  });
  return withLeaves(like, leaves.length === leavesOf(like).length ? leaves : []);
}
