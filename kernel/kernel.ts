/**
 * A kernel on its five channels.
 *
 * 1. open the channels           – `kernel_info_request` is answered from here on
 * 2. start session and language  – what needs them waits
 * 3. route each message to its handler: control at once, shell in the order of its (sub)shell
 * 4. end: reply, flush, close the session with all its children
 */
import { randomUUID } from "node:crypto";
import { openHistory } from "./history/history.ts";
import type { InterpreterOptions } from "./interpreter.ts";
import { createComms } from "./request/comms.ts";
import type { Context, Handler } from "./request/context.ts";
import { KERNEL_INFO } from "./request/kernelInfo.ts";
import { createQueue } from "./request/queue.ts";
import { createStdin } from "./request/stdin.ts";
import { CONTROL_REQUESTS, SHELL_REQUESTS } from "./request/table.ts";
import { type Channel, openChannel } from "./socket/channel.ts";
import { openIopub } from "./socket/iopub.ts";
import { bindEcho } from "./socket/zeromq.ts";
import { createCodec } from "./wire/codec.ts";
import { type Connection, toAddress } from "./wire/connection.ts";
import type { Header } from "./wire/header.ts";
import type { Content, Message } from "./wire/message.ts";

export interface KernelOptions {
  connection: Connection;
  /** Called when the channels stand: loading what checks and runs cells takes longer than opening them. */
  openWorkspace(): Promise<InterpreterOptions>;
  /** Where earlier kernels left their history. */
  historyFolder: string;
}

export interface Kernel {
  interrupt(): void;
  close(): Promise<void>;
  /** Resolves when the kernel has been shut down, by a message or by `close`. */
  readonly closed: Promise<void>;
}

type Requests = Readonly<Record<string, Handler>>;

export async function startKernel({ connection, openWorkspace, historyFolder }: KernelOptions): Promise<Kernel> {
  const identity = randomUUID();
  const codec = createCodec(connection.signature_scheme, connection.key);
  const address = (port: Parameters<typeof toAddress>[1]) => toAddress(connection, port);

  // 1. channels
  const early: [Message, Channel, Requests][] = [];
  let route = (message: Message, channel: Channel, table: Requests): void => {
    if (message.header.msg_type === "kernel_info_request") answerEarly(message, channel);
    else early.push([message, channel, table]);
  };
  const answerEarly = (message: Message, channel: Channel) => {
    iopub.publish("status", { execution_state: "busy" }, message.header);
    channel.reply(message, { ...KERNEL_INFO });
    iopub.publish("status", { execution_state: "idle" }, message.header);
  };
  const stdin = createStdin(() => stdinChannel);
  const iopub = await openIopub(address("iopub_port"), codec, identity);
  iopub.publish("status", { execution_state: "starting" }, {});
  const [shell, control, stdinChannel, heartbeat] = await Promise.all([
    openChannel(address("shell_port"), codec, identity, (message, channel) => route(message, channel, SHELL_REQUESTS)),
    openChannel(address("control_port"), codec, identity, (message, channel) =>
      route(message, channel, CONTROL_REQUESTS),
    ),
    openChannel(address("stdin_port"), codec, identity, (message) => stdin.answer(message)),
    bindEcho(address("hb_port")),
  ]);

  // 2. the session starts with the interpreter
  const [workspace, { createInterpreter }] = await Promise.all([openWorkspace(), import("./interpreter.ts")]);
  const interpreter = createInterpreter(workspace);
  let ending: Promise<void> | undefined;
  let end: () => void;
  const closed = new Promise<void>((resolve) => (end = resolve));
  const context: Context = {
    connection,
    interpreter: { ...interpreter, interrupt },
    history: openHistory(historyFolder),
    iopub,
    comms: createComms(),
    count: 0,
    shells: new Map([[null, createQueue()]]),
    ask: stdin.ask,
    shutdown: () => void setImmediate(close),
  };

  // 3. routing
  /** Cells that run, newest last: their `busy` is repeated when another request of the time has ended with `idle`. */
  const running = new Set<Header>();
  route = (message, channel, table) => {
    const { header } = message;
    const handler = table[header.msg_type];
    // What is unknown is ignored, as the protocol asks: a newer client may send it.
    if (!handler) return;
    const queue = context.shells.get(header.subshell_id ?? null);
    if (!queue) return channel.reply(message, toNoSubshell(header));
    const answer = async (reply: () => Promise<Content | undefined> | Content | undefined) => {
      iopub.publish("status", { execution_state: "busy" }, header);
      if (handler.order === "alone") running.add(header);
      let content: Content | undefined;
      try {
        content = await reply();
      } catch (error) {
        content = toInternalError(error);
      }
      const aborted = content && handler.stops?.(message, content) ? await queue.takeAborted() : [];
      running.delete(header);
      if (content) channel.reply(message, content);
      iopub.publish("status", { execution_state: "idle" }, header);
      const cell = [...running].at(-1);
      if (cell) iopub.publish("status", { execution_state: "busy" }, cell);
      for (const abort of aborted) abort();
    };
    queue.add({
      order: handler.order,
      run: () => answer(() => handler.handle({ message, channel }, context)),
      ...(handler.stops ? { abort: () => void answer(() => ({ status: "aborted" })) } : {}),
    });
  };
  for (const [message, channel, table] of early) route(message, channel, table);

  function interrupt(): void {
    interpreter.interrupt();
    stdin.withdraw();
  }

  // 4. the end, once
  function close(): Promise<void> {
    ending ??= (async () => {
      await Promise.all([interpreter.close(), context.history.close()]);
      await Promise.all([shell, control, stdinChannel, iopub].map((channel) => channel.drained()));
      for (const channel of [shell, control, stdinChannel, iopub, heartbeat]) channel.close();
      end();
    })();
    return ending;
  }
  return { interrupt, close, closed };
}

function toNoSubshell(header: Header): Content {
  const evalue = `${header.msg_type}: there is no subshell ${JSON.stringify(header.subshell_id)}.`;
  return { status: "error", ename: "NoSuchSubshell", evalue, traceback: [evalue] };
}

/** A mistake of ours must not leave a client without its reply. */
function toInternalError(error: unknown): Content {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { status: "error", ename: name, evalue: message, traceback: (stack ?? message).split("\n") };
}
