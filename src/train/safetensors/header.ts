import { sizeOf } from "../../tensor/shape/shape.ts";
import { READERS } from "./dtype.ts";
import { SafetensorsError } from "./error.ts";

/** Where a tensor lies; offsets count from the end of the header. */
export interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly entries: readonly Entry[];
  readonly metadata: { readonly [name: string]: string };
  /** The byte at which the data begins. */
  readonly start: number;
}

/** As in the reference implementation; a header of more bytes is an attack or another format. */
const LIMIT = 100_000_000;

/**
 * 1. the length of the header, within the file
 * 2. the header as JSON
 * 3. each tensor: dtype, shape, bytes
 * 4. all tensors: one after the other without gaps, to the end of the file
 */
export function findHeader(file: Uint8Array, name: string): Header {
  const fail = (sentence: string): never => {
    throw new SafetensorsError(sentence);
  };
  // 1.
  if (file.length < 8) fail(`${name} is cut: the length of its header takes 8 bytes, the file has ${file.length}.`);
  const length = Number(new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true));
  if (length > LIMIT)
    fail(`${name} is no safetensors file: bytes 0 to 7 say that its header has ${length} bytes, and ${LIMIT} is most.`);
  const start = 8 + length;
  if (file.length < start) fail(`${name} is cut: its header ends at byte ${start}, the file has ${file.length} bytes.`);
  // 2.
  if (file[8] !== 0x7b)
    fail(
      `${name}: byte 8 is ${length === 0 ? "missing" : `0x${file[8]!.toString(16).padStart(2, "0")}`} where { begins the header.`,
    );
  const header = parse(file.subarray(8, start), (why) =>
    fail(`${name}: the header, bytes 8 to ${start - 1}, is no JSON: ${why}`),
  );
  const { __metadata__: metadata = {}, ...tensors } = header;
  checkMetadata(metadata, (why) => fail(`${name}: ${why}`));
  // 3.
  const entries = Object.entries(tensors).map(([tensor, entry]) =>
    toEntry(tensor, entry, (why) => fail(`${name}: tensor ${tensor} ${why}`)),
  );
  // 4.
  const data = file.length - start;
  let at = 0;
  for (const { name: tensor, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at) fail(`${name}: tensor ${tensor} begins at byte ${begin} of the data where ${at} is needed.`);
    at = end;
  }
  if (data < at) fail(`${name} is cut: its header says ${at} bytes of data, the file has ${data}.`);
  if (data > at) fail(`${name}: its data end at byte ${start + at}, the file goes on to byte ${file.length}.`);
  return { entries, metadata: metadata as Header["metadata"], start };
}

function parse(bytes: Uint8Array, fail: (why: string) => never): { readonly [name: string]: unknown } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return JSON.parse(text) as { readonly [name: string]: unknown };
  } catch (error) {
    // positions count from the beginning of the header
    const { message } = error as Error;
    return fail(`${message.replace(/ in JSON at position (\d+).*$/s, (_, place) => ` at byte ${8 + Number(place)}`)}.`);
  }
}

function checkMetadata(metadata: unknown, fail: (why: string) => never): void {
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata))
    fail(`__metadata__ is ${JSON.stringify(metadata)} where an object of texts is needed.`);
  for (const [key, value] of Object.entries(metadata as object))
    if (typeof value !== "string") fail(`__metadata__ has ${JSON.stringify(value)} at ${key} where a text is needed.`);
}

function toEntry(name: string, entry: unknown, fail: (why: string) => never): Entry {
  const {
    dtype,
    shape,
    data_offsets: offsets,
  } = (entry ?? {}) as {
    readonly [key: string]: unknown;
  };
  if (typeof dtype !== "string" || !Object.hasOwn(READERS, dtype))
    return fail(
      `has dtype ${JSON.stringify(dtype) ?? "nothing"} where one of ${Object.keys(READERS).join(", ")} is needed.`,
    );
  if (!isSizes(shape)) return fail(`has shape ${JSON.stringify(shape) ?? "nothing"} where a list of sizes is needed.`);
  if (!isSizes(offsets) || offsets.length !== 2)
    return fail(`has data_offsets ${JSON.stringify(offsets) ?? "nothing"} where [begin, end] is needed.`);
  const [begin, end] = offsets as readonly [number, number];
  const wanted = sizeOf(shape) * READERS[dtype]!.size;
  if (end - begin !== wanted)
    return fail(
      `lies in bytes ${begin} to ${end} of the data, which are ${end - begin} where ${dtype} of shape [${shape.join(", ")}] takes ${wanted}.`,
    );
  return { name, dtype, shape, begin, end };
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
