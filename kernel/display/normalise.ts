import type { Bundle } from "./shown.ts";

/** A bundle as the protocol wants it: bytes in base64, text as text, JSON as something that JSON can say. */
export function normalise(data: Bundle): Bundle {
  return Object.fromEntries(Object.entries(data).map(([type, value]) => [checkType(type), toContent(type, value)]));
}

function checkType(type: string): string {
  if (/^[\w\-+.]+\/[\w\-+.]+$/.test(type)) return type;
  throw new TypeError(`"${type}" is not a MIME type such as "text/html".`);
}

function toContent(type: string, value: unknown): unknown {
  if (value instanceof ArrayBuffer) value = new Uint8Array(value);
  if (value instanceof Uint8Array) return toBase64(type, value);
  if (/\bjson$/.test(type)) return checkJson(type, value);
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.join("");
  if (value !== null && typeof value === "object") return checkJson(type, value);
  return String(value);
}

/** SVG and other texts are often read from a file as bytes. */
function toBase64(type: string, bytes: Uint8Array): string {
  const isText = type.startsWith("text/") || type === "image/svg+xml";
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(isText ? "utf8" : "base64");
}

function checkJson(type: string, value: unknown): unknown {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`${type} cannot hold ${typeof value}.`);
  return JSON.parse(text);
}
