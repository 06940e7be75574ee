import { describe } from "../../tensor/describe.ts";
import type { DType } from "../../tensor/dtype.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { NAMES, toBytes } from "./dtype.ts";

/** Wide elements first, so that each tensor begins at a multiple of its element; Hugging Face's own writer has the same order. */
const order: readonly DType[] = ["float64", "float32", "int32", "bool"];

/**
 * Tensors by name as the bytes of a safetensors file: 8 bytes with the length of the header, the header as JSON, the numbers. The same tensors give the same
 * bytes, and those of Hugging Face's writer.
 *
 * @example
 * train.safetensors.encode({ w: tensor([1, 2]) }).length // 72
 * @throws RangeError `safetensors: no tensor can be called __metadata__.`
 * @see https://github.com/huggingface/safetensors
 */
export function encode(
  tensors: { readonly [name: string]: Tensor },
  metadata: { readonly [name: string]: string } = {},
): Uint8Array {
  for (const [name, each] of Object.entries(tensors))
    if (!(each instanceof Tensor))
      throw new TypeError(`safetensors: ${name} is ${describe(each)} where a tensor is needed.`);
  const entries = Object.entries(tensors).sort(
    ([a, left], [b, right]) => order.indexOf(left.dtype) - order.indexOf(right.dtype) || compare(a, b),
  );
  if ("__metadata__" in tensors) throw new RangeError("safetensors: no tensor can be called __metadata__.");
  let end = 0;
  const head = entries.map(([name, { data, shape, dtype }]) => {
    const begin = end;
    end += data.byteLength;
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype: NAMES[dtype], shape, data_offsets: [begin, end] })}`;
  });
  if (Object.keys(metadata).length > 0) head.unshift(`"__metadata__":${JSON.stringify(metadata)}`);
  const header = new TextEncoder().encode(`{${head.join(",")}}`);
  const length = Math.ceil(header.length / 8) * 8;
  const file = new Uint8Array(8 + length + end).fill(0x20, 8 + header.length, 8 + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(header, 8);
  let at = 8 + length;
  for (const [, { data }] of entries) {
    file.set(toBytes(data), at);
    at += data.byteLength;
  }
  return file;
}

/** By code points, as the other writer does by bytes. */
function compare(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((letter, i) => letter !== right[i]);
  if (at < 0) return left.length - right.length;
  return right[at] === undefined ? 1 : left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!;
}
