import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createCodec } from "../../kernel/wire/codec.ts";
import { toHeader } from "../../kernel/wire/header.ts";
import { type Message, toReply } from "../../kernel/wire/message.ts";

const KEY = "0b8f2a";
const DELIMITER = "<IDS|MSG>";

function toMessage(content: Record<string, unknown> = { code: "1" }): Message {
  return {
    identities: [Buffer.from("client")],
    header: toHeader("execute_request", "s"),
    parent_header: {},
    metadata: {},
    content,
    buffers: [Buffer.from([0, 255, 7])],
  };
}

/** Frames as a client signs them, by Node's own HMAC over the four parts. */
function toFrames(parts: string[], key = KEY): Buffer[] {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return [
    Buffer.from("client"),
    Buffer.from(DELIMITER),
    Buffer.from(hmac.digest("hex")),
    ...parts.map((part) => Buffer.from(part)),
  ];
}

const HEADER = JSON.stringify({
  msg_id: "1",
  msg_type: "kernel_info_request",
  session: "c",
  username: "u",
  date: "",
  version: "5.4",
});

describe("codec", () => {
  test("a message survives the wire, buffers and identities included", () => {
    const message = toMessage({ code: "😀", nested: { a: [1, null] } });
    const frames = createCodec("hmac-sha256", KEY).encode(message);
    const back = createCodec("hmac-sha256", KEY).decode(frames)!;
    expect(back.content).toEqual(message.content);
    expect(back.header).toEqual(message.header);
    expect(back.identities.map(String)).toEqual(["client"]);
    expect(back.buffers.map((buffer) => [...buffer])).toEqual([[0, 255, 7]]);
  });

  test("takes a message signed by another implementation", () => {
    expect(createCodec("hmac-sha256", KEY).decode(toFrames([HEADER, "{}", "{}", "{}"]))?.header.msg_type).toBe(
      "kernel_info_request",
    );
  });

  test("signs what it sends over the four parts as they are sent", () => {
    const frames = createCodec("hmac-sha256", KEY).encode(toMessage());
    const hmac = createHmac("sha256", KEY);
    for (const part of frames.slice(3, 7)) hmac.update(part);
    expect(String(frames[2])).toBe(hmac.digest("hex"));
  });

  test.each<[string, () => Uint8Array[]]>([
    ["no delimiter", () => [Buffer.from("x")]],
    ["nothing at all", () => []],
    ["cut after the header", () => toFrames([HEADER, "{}", "{}", "{}"]).slice(0, 5)],
    ["a wrong signature", () => toFrames([HEADER, "{}", "{}", "{}"], "other")],
    ["an empty signature", () => toFrames([HEADER, "{}", "{}", "{}"]).with(2, Buffer.alloc(0))],
    ["a longer signature", () => toFrames([HEADER, "{}", "{}", "{}"]).with(2, Buffer.alloc(200, 48))],
    ["a header that is no JSON", () => toFrames(["{", "{}", "{}", "{}"])],
    ["a header without a type", () => toFrames(['{"msg_id":"1"}', "{}", "{}", "{}"])],
    ["a header that is a list", () => toFrames(["[]", "{}", "{}", "{}"])],
    ["content that is null", () => toFrames([HEADER, "{}", "{}", "null"])],
  ])("drops %s", (_name, frames) => {
    expect(createCodec("hmac-sha256", KEY).decode(frames())).toBeUndefined();
  });

  test("drops a message that was seen before", () => {
    const codec = createCodec("hmac-sha256", KEY);
    const frames = toFrames([HEADER, "{}", "{}", "{}"]);
    expect(codec.decode(frames)).toBeDefined();
    expect(codec.decode(frames)).toBeUndefined();
  });

  test("an empty key switches signing off, also for equal messages", () => {
    const codec = createCodec("hmac-sha256", "");
    const frames = toFrames([HEADER, "{}", "{}", "{}"]).with(2, Buffer.alloc(0));
    expect(codec.decode(frames)).toBeDefined();
    expect(codec.decode(frames)).toBeDefined();
    expect(String(codec.encode(toMessage())[2])).toBe("");
  });

  test("a reply goes back the way of its request and names it", () => {
    const request = toMessage();
    const reply = toReply(request, "kernel-session", { status: "ok" });
    expect(reply.identities).toEqual(request.identities);
    expect(reply.parent_header).toEqual(request.header);
    expect(reply.header).toMatchObject({ msg_type: "execute_reply", session: "kernel-session", version: "5.5" });
    expect(reply.header.msg_id).not.toBe(request.header.msg_id);
  });
});
