import type { Entry } from "../history/history.ts";
import type { Content } from "../wire/message.ts";
import type { Context, Handler } from "./context.ts";

export const history: Handler = {
  order: "alone",
  handle({ message: { content } }, context) {
    const access = ACCESS[String(content["hist_access_type"])];
    if (!access) {
      const known = Object.keys(ACCESS).join(", ");
      const evalue = `history_request: hist_access_type is ${JSON.stringify(content["hist_access_type"])}, not one of ${known}.`;
      return { status: "error", ename: "BadRequest", evalue, traceback: [evalue], history: [] };
    }
    const withOutput = content["output"] === true;
    const entries = access(content, context);
    return { status: "ok", history: entries.map((entry) => toRow(entry, withOutput)) };
  },
};

const ACCESS: Record<string, (content: Content, context: Context) => Entry[]> = {
  tail: ({ n }, { history }) => history.tail(findNumber(n) ?? 10),
  range: ({ session, start, stop }, { history }) =>
    history.range(findNumber(session) ?? 0, findNumber(start) ?? 0, findNumber(stop)),
  search: ({ pattern, n, unique }, { history }) =>
    history.search(String(pattern ?? "*"), findNumber(n), unique === true),
};

function findNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function toRow({ session, line, input, output }: Entry, withOutput: boolean): unknown[] {
  return [session, line, withOutput ? [input, output ?? null] : input];
}
