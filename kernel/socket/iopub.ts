import type { Codec } from "../wire/codec.ts";
import { type Header, toHeader } from "../wire/header.ts";
import type { Content } from "../wire/message.ts";
import { bindXpub } from "./zeromq.ts";

/** Streams are sent at most this often, so that a loop of prints becomes few messages. */
const STREAM_INTERVAL_MS = 10;
const STREAM_LIMIT = 1 << 20;

export type Parent = Header | Record<string, never>;
export type StreamName = "stdout" | "stderr";

/** Everything that all front ends see, in the order in which it was published. */
export interface Iopub {
  publish(msg_type: string, content: Content, parent: Parent, buffers?: Uint8Array[]): void;
  stream(name: StreamName, text: string, parent: Parent): void;
  drained(): Promise<void>;
  close(): void;
}

export async function openIopub(address: string, codec: Codec, session: string): Promise<Iopub> {
  const socket = await bindXpub(address);
  const send = (topic: Uint8Array, msg_type: string, content: Content, parent: Parent, buffers: Uint8Array[] = []) =>
    socket.send(
      codec.encode({
        identities: [topic],
        header: toHeader(msg_type, session),
        parent_header: parent,
        metadata: {},
        content,
        buffers,
      }),
    );
  // Subscriptions come as one frame: 1 to subscribe or 0 to leave, and the topic.
  socket.receive(([change]) => {
    if (change?.[0] !== 1) return;
    const topic = change.subarray(1);
    send(topic, "iopub_welcome", { subscription: Buffer.from(topic).toString() }, {});
  });

  let pending: { name: StreamName; parent: Parent; texts: string[]; length: number } | undefined;
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!pending) return;
    const { name, parent, texts } = pending;
    pending = undefined;
    send(Buffer.from("stream"), "stream", { name, text: texts.join("") }, parent);
  };
  return {
    publish(msg_type, content, parent, buffers) {
      flush();
      send(Buffer.from(msg_type), msg_type, content, parent, buffers);
    },
    stream(name, text, parent) {
      if (pending && (pending.name !== name || pending.parent !== parent)) flush();
      pending ??= { name, parent, texts: [], length: 0 };
      pending.texts.push(text);
      pending.length += text.length;
      if (pending.length >= STREAM_LIMIT) flush();
      else timer ??= setTimeout(flush, STREAM_INTERVAL_MS);
    },
    async drained() {
      flush();
      await socket.drained();
    },
    close() {
      clearTimeout(timer);
      socket.close();
    },
  };
}
