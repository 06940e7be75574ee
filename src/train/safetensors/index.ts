// The format by itself: bytes to tensors and back.
export { type Contents, decode } from "./decode.ts";
export { encode } from "./encode.ts";
export { SafetensorsError } from "./error.ts";
