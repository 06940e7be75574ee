import { readFileSync } from "node:fs";

/** The tensors of a safetensors file of ours, as typed arrays: `{ x: { shape, data } }`. */
export function readNumbers(path) {
  const { buffer, byteOffset } = readFileSync(path);
  const length = Number(new DataView(buffer, byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, byteOffset + 8, length)));
  const tensors = Object.entries(header).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [begin, end],
      },
    ]) => {
      const start = byteOffset + 8 + length;
      const bytes = buffer.slice(start + begin, start + end);
      return [name, { shape, data: dtype === "I32" ? new Int32Array(bytes) : new Float32Array(bytes) }];
    },
  );
  return Object.fromEntries(tensors);
}
