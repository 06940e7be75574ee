import { toCodePoints, toUtf16Offset } from "../wire/codepoints.ts";
import type { Handler } from "./context.ts";

export const complete: Handler = {
  order: "now",
  async handle({ message }, { interpreter }) {
    const code = String(message.content["code"] ?? "");
    const cursor = toUtf16Offset(code, Number(message.content["cursor_pos"] ?? Number.POSITIVE_INFINITY));
    const { matches, start, end, items } = await interpreter.complete(code, cursor);
    const [cursor_start, cursor_end] = [toCodePoints(code, start), toCodePoints(code, end)];
    // JupyterLab shows kinds and signatures from this key, which IPython introduced.
    const _jupyter_types_experimental = items.map((item) => ({ ...item, start: cursor_start, end: cursor_end }));
    return { status: "ok", matches, cursor_start, cursor_end, metadata: { _jupyter_types_experimental } };
  },
};
