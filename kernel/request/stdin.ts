import type { Channel } from "../socket/channel.ts";
import type { Message } from "../wire/message.ts";

/** Questions to the user that wait for an answer. */
export interface Stdin {
  ask(origin: Message, prompt: string, password: boolean): Promise<string | null>;
  answer(reply: Message): void;
  /** The cells that asked have been interrupted and wait no more: a late answer is nobody's. */
  withdraw(): void;
}

export function createStdin(channel: () => Channel): Stdin {
  let waiting: { sender: string; resolve: (value: string | null) => void }[] = [];
  return {
    ask(origin, prompt, password) {
      channel().request("input_request", origin, { prompt, password });
      return new Promise((resolve) => waiting.push({ sender: toSender(origin), resolve }));
    },
    answer(reply) {
      // A reply names no question: it answers the oldest one of its sender.
      const at = waiting.findIndex(({ sender }) => sender === toSender(reply));
      const [question] = at < 0 ? [] : waiting.splice(at, 1);
      question?.resolve(String(reply.content["value"] ?? ""));
    },
    withdraw() {
      waiting = [];
    },
  };
}

/** The routing identity, which a client shares between its shell and stdin sockets. */
function toSender({ identities }: Message): string {
  return Buffer.concat(identities).toString("latin1");
}
