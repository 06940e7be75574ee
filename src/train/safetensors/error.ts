/** A file that is cut or malformed; the sentence names the byte. */
export class SafetensorsError extends Error {
  override name = "SafetensorsError";
}
