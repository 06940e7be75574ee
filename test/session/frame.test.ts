import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeFrame, encodeRepair, encodeText, type Message } from "../../kernel/session/frame.ts";
import { FrameReader } from "../../kernel/session/frameReader.ts";

const MARK = "5ec3e7";

function stream(text: string, run = 1): Message {
  return { type: "stream", run, name: "stdout", text };
}

function encode(message: Message): Buffer {
  if (message.type !== "stream") return encodeFrame(message);
  const buffer = Buffer.alloc(message.text.length * 3 + 10);
  return buffer.subarray(0, encodeText(buffer, message.run, message.name, message.text));
}

function readIn(bytes: Buffer, cuts: number[], mark?: string): Message[] {
  const reader = new FrameReader(mark);
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  return places.slice(1).flatMap((end, index) => reader.read(bytes.subarray(places[index], end)));
}

const message = fc.oneof(
  fc.string({ unit: "grapheme" }).map((text) => stream(text)),
  fc.array(fc.uint8Array(), { maxLength: 3 }).map(
    (buffers): Message => ({
      type: "comm",
      run: 7,
      message: {
        kind: "message",
        comm: "c",
        data: { ä: "ö" },
        metadata: {},
        buffers: buffers.map((one) => Buffer.from(one)),
      },
    }),
  ),
);

test("messages survive any cutting into chunks", () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), fc.array(fc.nat(), { maxLength: 8 }), (messages, cuts) => {
      expect(readIn(Buffer.concat(messages.map(encode)), cuts)).toEqual(messages);
    }),
  );
});

test("a frame torn anywhere is said again and arrives once, however its bytes are cut", () => {
  fc.assert(
    fc.property(
      message,
      message,
      message,
      fc.nat(),
      fc.array(fc.nat(), { maxLength: 8 }),
      (before, torn, after, at, cuts) => {
        const frame = encode(torn);
        const bytes = [
          encode(before),
          frame.subarray(0, at % (frame.length + 1)),
          encodeRepair(MARK, 1),
          frame,
          encode(after),
        ];
        expect(readIn(Buffer.concat(bytes), cuts, MARK)).toEqual([before, torn, after]);
      },
    ),
    { numRuns: 1000 },
  );
});

test("a repair that is torn itself is repaired", () => {
  const frame = encode(stream("torn"));
  const repair = encodeRepair(MARK, 0);
  for (let at = 0; at <= repair.length; at++) {
    const bytes = Buffer.concat([frame.subarray(0, 6), repair.subarray(0, at), repair, frame, encode(stream("next"))]);
    expect(readIn(bytes, [at, at + 6], MARK)).toEqual([stream("torn"), stream("next")]);
  }
});

test("a frame of 100 MB is put together once", () => {
  const buffers = [Buffer.alloc(100e6, 7)];
  const comm: Message = {
    type: "comm",
    run: 1,
    message: { kind: "message", comm: "c", data: {}, metadata: {}, buffers },
  };
  const bytes = encodeFrame(comm);
  const reader = new FrameReader(MARK);
  const messages: Message[] = [];
  for (let at = 0; at < bytes.length; at += 65536) messages.push(...reader.read(bytes.subarray(at, at + 65536)));
  expect(messages).toHaveLength(1);
  expect((messages[0] as typeof comm).message.buffers[0]?.length).toBe(100e6);
});
