/** The one file that imports zeromq: sockets that send in order, receive one by one, and drop nothing. */
import { Context, Router, XPublisher } from "zeromq";

export type Frames = readonly Uint8Array[];

export interface Socket {
  /** Hands over each message that comes in, also those that came before this call. */
  receive(onFrames: (frames: Frames) => void): void;
  send(frames: Frames): void;
  /** Resolves when everything handed to `send` has been given to the network. */
  drained(): Promise<void>;
  close(): void;
}

/** Of the library underneath. */
export { version } from "zeromq";

const context = new Context();

/** A ROUTER: requests come in with the sender's identity in front, replies go out to it. */
export async function bindRouter(address: string): Promise<Socket> {
  const router = new Router({ context, linger: 1000, sendHighWaterMark: 0, receiveHighWaterMark: 0 });
  await router.bind(address);
  return createSocket(router);
}

/**
 * An XPUB: without a high-water mark, because a dropped line of output is never noticed by anybody. It receives subscriptions,
 * also a second one to the same topic.
 */
export async function bindXpub(address: string): Promise<Socket> {
  const publisher = new XPublisher({ context, linger: 1000, sendHighWaterMark: 0 });
  publisher.verbosity = "allSubs";
  await publisher.bind(address);
  return createSocket(publisher);
}

/**
 * The heartbeat: what comes in goes back. A ROUTER that sends the frames back whole, because a REP socket ends its loop when a
 * client leaves the empty delimiter out.
 */
export async function bindEcho(address: string): Promise<Socket> {
  const socket = await bindRouter(address);
  socket.receive((frames) => socket.send(frames));
  return socket;
}

async function receiveEach(socket: Router | XPublisher, onFrames: (frames: Frames) => void): Promise<void> {
  while (!socket.closed) {
    let frames: Frames;
    try {
      frames = await socket.receive();
    } catch {
      // Closed while waiting, or a frame that could not be taken in: the next one is awaited either way.
      continue;
    }
    onFrames(frames);
  }
}

/** zeromq takes one message at a time; the others wait here, in order. */
function createSocket(socket: Router | XPublisher): Socket {
  const waiting: Frames[] = [];
  let pumping: Promise<void> | undefined;
  const pump = async () => {
    for (let frames = waiting.shift(); frames; frames = waiting.shift()) {
      try {
        await socket.send(frames as Uint8Array[]);
      } catch {
        // The peer has gone, or the socket is closed: there is nobody to tell.
      }
    }
    pumping = undefined;
  };
  return {
    receive: (onFrames) => void receiveEach(socket, onFrames),
    send(frames) {
      waiting.push(frames);
      pumping ??= pump();
    },
    drained: async () => pumping,
    close: () => socket.close(),
  };
}
