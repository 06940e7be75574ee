import { toUtf16Offset } from "../wire/codepoints.ts";
import type { Handler } from "./context.ts";

export const inspect: Handler = {
  order: "now",
  async handle({ message }, { interpreter }) {
    const code = String(message.content["code"] ?? "");
    const cursor = toUtf16Offset(code, Number(message.content["cursor_pos"] ?? Number.POSITIVE_INFINITY));
    const data = await interpreter.inspect(code, cursor, message.content["detail_level"] === 1 ? 1 : 0);
    return { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} };
  },
};
