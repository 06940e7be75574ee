import type { Codec } from "../wire/codec.ts";
import { toHeader } from "../wire/header.ts";
import { type Content, type Message, toReply } from "../wire/message.ts";
import { bindRouter } from "./zeromq.ts";

/** A ROUTER channel that speaks messages: shell, control and stdin. */
export interface Channel {
  reply(request: Message, content: Content, metadata?: Content): void;
  /** A request of ours to the client that sent `origin`, with `origin` as its parent. */
  request(msg_type: string, origin: Message, content: Content): void;
  drained(): Promise<void>;
  close(): void;
}

export async function openChannel(
  address: string,
  codec: Codec,
  session: string,
  onMessage: (message: Message, channel: Channel) => void,
): Promise<Channel> {
  const socket = await bindRouter(address);
  const channel: Channel = {
    reply: (request, content, metadata) => socket.send(codec.encode(toReply(request, session, content, metadata))),
    request: (msg_type, origin, content) =>
      socket.send(codec.encode({ ...toReply(origin, session, content), header: toHeader(msg_type, session) })),
    drained: () => socket.drained(),
    close: () => socket.close(),
  };
  socket.receive((frames) => {
    const message = codec.decode(frames);
    if (message) onMessage(message, channel);
  });
  return channel;
}
