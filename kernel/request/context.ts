import type { History } from "../history/history.ts";
import type { Interpreter } from "../interpreter.ts";
import type { Channel } from "../socket/channel.ts";
import type { Iopub } from "../socket/iopub.ts";
import type { Connection } from "../wire/connection.ts";
import type { Content, Message } from "../wire/message.ts";
import type { Comms } from "./comms.ts";
import type { Order, Queue } from "./queue.ts";

/** What the requests of one kernel work on. */
export interface Context {
  connection: Connection;
  interpreter: Interpreter;
  history: History;
  iopub: Iopub;
  comms: Comms;
  /** The number of the last cell that counted. */
  count: number;
  /** The main shell is `null`; the others were created by `create_subshell_request`. */
  shells: Map<string | null, Queue>;
  /** Asks the client that sent `origin` for a line of input; `null` when it can no longer answer. */
  ask(origin: Message, prompt: string, password: boolean): Promise<string | null>;
  /** Ends the kernel once the reply is out. */
  shutdown(): void;
}

/** A request being handled: the message and where it came in. */
export interface Request {
  message: Message;
  channel: Channel;
}

export interface Handler {
  order: Order;
  /** The content of the reply; nothing for messages that have none. */
  handle(request: Request, context: Context): Promise<Content | undefined> | Content | undefined;
  /** Whether the reply aborts what waits behind the request. Only a request that can stop others is aborted by them. */
  stops?(message: Message, reply: Content): boolean;
}
