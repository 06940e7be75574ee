import { toArray } from "../../tensor/dtype.ts";
import { sizeOf } from "../../tensor/shape/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { isLittleEndian, READERS } from "./dtype.ts";
import { SafetensorsError } from "./error.ts";
import { findHeader } from "./header.ts";

/** What a file holds. */
export interface Contents {
  readonly tensors: { readonly [name: string]: Tensor };
  readonly metadata: { readonly [name: string]: string };
}

/**
 * The tensors of a safetensors file, each checked before it is read. F16 and BF16 become float32, the smaller integers and I64 int32.
 *
 * @example
 * train.safetensors.decode(train.safetensors.encode({ w: tensor([1, 2]) })).tensors.w // tensor([1., 2.])
 * @throws SafetensorsError `model.safetensors is cut: its header says 1024 bytes of data, the file has 1000.`
 */
export function decode(file: Uint8Array, name = "safetensors"): Contents {
  const { entries, metadata, start } = findHeader(file, name);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tensors = entries.map(({ name: tensor, dtype, shape, begin, end }) => {
    const reader = READERS[dtype]!;
    const data = toArray(reader.dtype, sizeOf(shape));
    if (isLittleEndian && isDirect(dtype)) new Uint8Array(data.buffer).set(file.subarray(start + begin, start + end));
    else for (let i = 0; i < data.length; i++) data[i] = reader.read(view, start + begin + i * reader.size);
    if (dtype === "BOOL" || dtype === "I64" || dtype === "U32")
      for (let i = 0; i < data.length; i++) {
        const at = start + begin + i * reader.size;
        checkValue(name, tensor, dtype, reader.read(view, at), at);
      }
    return [tensor, new Tensor(data, shape, reader.dtype)] as const;
  });
  return { tensors: Object.fromEntries(tensors), metadata };
}

/** Elements that lie in the file as in our array. */
function isDirect(dtype: string): boolean {
  return dtype === "F64" || dtype === "F32" || dtype === "I32" || dtype === "BOOL";
}

function checkValue(file: string, tensor: string, dtype: string, value: number, at: number): void {
  if (dtype === "BOOL" ? value <= 1 : value === (value | 0)) return;
  const need = dtype === "BOOL" ? "0 or 1" : "a number of 32 bits";
  throw new SafetensorsError(`${file}: tensor ${tensor} has ${value} at byte ${at} where ${need} is needed.`);
}
