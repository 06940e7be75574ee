import { isHeader } from "./header.ts";
import type { Content, Message } from "./message.ts";
import { createReplayGuard } from "./replay.ts";
import { createSigner } from "./signature.ts";

const DELIMITER = Buffer.from("<IDS|MSG>");

/** Frames of one ZeroMQ multipart message ↔ a message. */
export interface Codec {
  encode(message: Message): Uint8Array[];
  /** Nothing for frames that are cut, signed wrongly, replayed or no JSON: such a sender gets no answer. */
  decode(frames: readonly Uint8Array[]): Message | undefined;
}

/** `[…identities, <IDS|MSG>, signature, header, parent_header, metadata, content, …buffers]` */
export function createCodec(scheme: string, key: string): Codec {
  const signer = createSigner(scheme, key);
  const isReplay = createReplayGuard();
  return {
    encode(message) {
      const parts = [message.header, message.parent_header, message.metadata, message.content].map(toJson);
      return [...message.identities, DELIMITER, Buffer.from(signer.sign(parts)), ...parts, ...message.buffers];
    },
    decode(frames) {
      const at = frames.findIndex((frame) => DELIMITER.equals(frame));
      if (at < 0 || frames.length < at + 6) return undefined;
      const [signature, ...rest] = frames.slice(at + 1) as [Uint8Array, ...Uint8Array[]];
      const parts = rest.slice(0, 4);
      // Verify before parsing: nothing of an unknown sender is looked at.
      if (!signer.verify(signature, parts)) return undefined;
      if (key !== "" && isReplay(Buffer.from(signature).toString("latin1"))) return undefined;
      const [header, parent_header, metadata, content] = parts.map(findObject);
      if (!isHeader(header) || !content) return undefined;
      return {
        identities: frames.slice(0, at),
        header,
        parent_header: isHeader(parent_header) ? parent_header : {},
        metadata: metadata ?? {},
        content,
        buffers: rest.slice(4),
      };
    },
  };
}

function toJson(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

function findObject(bytes: Uint8Array): Content | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Content) : undefined;
  } catch {
    return undefined;
  }
}
