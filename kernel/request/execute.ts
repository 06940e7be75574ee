import type { Outcome } from "../interpreter.ts";
import type { ErrorReport } from "../session/protocol.ts";
import type { Content } from "../wire/message.ts";
import type { Handler } from "./context.ts";
import { toSink } from "./sink.ts";

interface ExecuteRequest {
  code: string;
  silent: boolean;
  store_history: boolean;
  user_expressions: Record<string, string>;
  allow_stdin: boolean;
}

export const execute: Handler = {
  order: "alone",
  stops: (message, reply) => reply["status"] === "error" && message.content["stop_on_error"] !== false,
  async handle({ message }, context) {
    const request = toExecuteRequest(message.content);
    if ("ename" in request) return { status: "error", execution_count: context.count, ...request };
    const count = context.count + 1;
    if (request.store_history) context.count = count;
    if (!request.silent)
      context.iopub.publish("execute_input", { code: request.code, execution_count: count }, message.header);
    const { sink, resultText } = toSink(context, message, {
      count,
      silent: request.silent,
      allowStdin: request.allow_stdin,
    });
    const outcome = await context.interpreter.execute(request.code, {
      count,
      showResult: !request.silent,
      allowStdin: request.allow_stdin,
      userExpressions: request.user_expressions,
      sink,
    });
    if (outcome.error && !request.silent) context.iopub.publish("error", { ...outcome.error }, message.header);
    if (request.store_history) context.history.add(count, request.code, resultText());
    return toReplyContent(outcome, count);
  },
};

/** A request whose fields have other types than the protocol's is answered, not run. */
function toExecuteRequest(content: Content): ExecuteRequest | ErrorReport {
  const { code, silent = false, user_expressions = {}, allow_stdin = true } = content;
  const evalue = typeof code === "string" ? undefined : `execute_request: code is ${JSON.stringify(code)}, not a text.`;
  if (evalue) return { ename: "BadRequest", evalue, traceback: [evalue] };
  return {
    code: code as string,
    silent: silent === true,
    store_history: silent !== true && content["store_history"] !== false,
    user_expressions: Object.fromEntries(
      Object.entries(user_expressions ?? {}).map(([name, text]) => [name, String(text)]),
    ),
    allow_stdin: allow_stdin !== false,
  };
}

function toReplyContent({ error, payload, userExpressions }: Outcome, execution_count: number): Content {
  if (error) return { status: "error", execution_count, ...error, user_expressions: {}, payload };
  return { status: "ok", execution_count, user_expressions: userExpressions, payload };
}
