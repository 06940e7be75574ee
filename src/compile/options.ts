/** What a compiled function runs on. */
export const devices = ["cpu", "cuda", "webgpu", "coreml", "directml", "typescript"] as const;
export type Device = (typeof devices)[number];

export interface CompileOptions {
  /**
   * Whichever of `"typescript"` and `"cpu"` is probably faster, unless given. `"typescript"` needs no engine; the others are execution providers of
   * onnxruntime-node, which has each on some platforms.
   */
  readonly device?: Device;
  /** Threads of the engine: as many as there are cores unless given. */
  readonly threads?: number;
}

/** Names and values of the options of `what`. */
export function checkOptions(options: CompileOptions, what = "compile"): void {
  if (typeof options !== "object" || options === null)
    throw new TypeError(`${what}: the options are ${write(options)} where { device, threads } is needed.`);
  const strange = Object.keys(options).find((name) => name !== "device" && name !== "threads");
  if (strange !== undefined) throw new TypeError(`${what}: there is no option ${strange}; there are device, threads.`);
  const { device, threads } = options;
  if (device !== undefined && !devices.includes(device))
    throw new RangeError(
      `${what}: device must be one of ${devices.map((each) => `"${each}"`).join(", ")}, got ${write(device)}.`,
    );
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1))
    throw new RangeError(`${what}: threads must be a whole number of at least 1, got ${write(threads)}.`);
}

function write(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
