import type { FromSession, RunId, ToControl, ToSession } from "./protocol.ts";

export type Message = FromSession | ToSession | ToControl;

/** Ends every frame and stands in no repair, nor in any text. */
export const LAST_BYTE = 0xfe;

export const REPAIR_DIGITS = 12;

/**
 * A frame: length of the rest (4 bytes, little endian), kind (1 byte), body, `LAST_BYTE`.
 *
 *   kind 1, 2   stdout, stderr: run (4 bytes), text in UTF-8; the million lines of a cell must not each pay for JSON
 *   kind 0      length of the JSON (4 bytes), JSON, then each buffer with its length before it
 *
 * From the session there may also be a repair: `repairMark`, then how many frames came before (in digits, so that a repair that is torn itself is seen).
 */
export function encodeFrame(message: Message): Buffer {
  const buffers = findHolder(message)?.buffers ?? [];
  const json = Buffer.from(JSON.stringify(buffers.length > 0 ? withoutBuffers(message) : message));
  const length = buffers.reduce((sum, one) => sum + 4 + one.byteLength, 6 + json.length);
  const parts = buffers.flatMap((one) => [encodeNumber(one.byteLength), one]);
  return Buffer.concat(
    [encodeNumber(length), Buffer.of(0), encodeNumber(json.length), json, ...parts, Buffer.of(LAST_BYTE)],
    length + 4,
  );
}

/** Writes the frame of a text into `target` and says how long it is; `target` has room for three bytes a UTF-16 unit and 10 more. */
export function encodeText(target: Buffer, run: RunId, name: "stdout" | "stderr", text: string): number {
  const length = target.write(text, 9);
  target.writeUInt32LE(length + 6, 0);
  target[4] = name === "stdout" ? 1 : 2;
  target.writeUInt32LE(run, 5);
  target[9 + length] = LAST_BYTE;
  return length + 10;
}

export function encodeRepair(mark: string, sent: number): Buffer {
  return Buffer.from(`${repairMark(mark)}${sent.toString(16).padStart(REPAIR_DIGITS, "0")}`);
}

export function repairMark(mark: string): string {
  return `\0repair ${mark} `;
}

/** `body`: from the kind to the last byte, without it. */
export function decodeFrame(body: Buffer): Message {
  const kind = body[0];
  if (kind !== 0)
    return {
      type: "stream",
      run: body.readUInt32LE(1),
      name: kind === 1 ? "stdout" : "stderr",
      text: body.toString("utf8", 5),
    };
  const end = 5 + body.readUInt32LE(1);
  const message = JSON.parse(body.toString("utf8", 5, end)) as Message;
  const buffers: Uint8Array[] = [];
  for (let at = end; at < body.length; ) {
    const length = body.readUInt32LE(at);
    buffers.push(body.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  if (buffers.length > 0) findHolder(message)!.buffers = buffers;
  return message;
}

function findHolder(message: Message): { buffers: Uint8Array[] } | undefined {
  if (message.type === "display") return message;
  if (message.type === "comm") return message.message;
  return undefined;
}

function withoutBuffers(message: Message): unknown {
  return message.type === "comm"
    ? { ...message, message: { ...message.message, buffers: [] } }
    : { ...message, buffers: [] };
}

function encodeNumber(number: number): Buffer {
  const four = Buffer.allocUnsafe(4);
  four.writeUInt32LE(number, 0);
  return four;
}
