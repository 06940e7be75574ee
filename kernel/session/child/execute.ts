import { constants, Script as Program } from "node:vm";
import type { ErrorReport, FromSession, Script, ToSession } from "../protocol.ts";
import { newCellScope } from "./cellScope.ts";
import { context } from "./context.ts";
import { names } from "./names.ts";
import { reportError } from "./report.ts";
import { type Run, setLatest } from "./run.ts";
import { showExpression, showResult } from "./show.ts";
import { nameScript } from "./trace.ts";

export type Execute = Extract<ToSession, { type: "execute" }>;
export type Done = Extract<FromSession, { type: "done" }>;
export type Outcome = Pick<Done, "status" | "userExpressions"> & { error?: ErrorReport };
type CellFunction = (scope: typeof names, cell: unknown) => Promise<unknown>;

/**
 * Runs a cell and tells `end` once how it went.
 *
 *   1. run      the script, in a context that everything it starts carries along
 *   2. show     the value of the last expression
 *   3. wait     for displays that are still being made, also after an error: what comes later no front end shows
 *   4. answer   the user's expressions
 */
export function execute(run: Run, message: Execute, end: (run: Run, outcome: Outcome) => void): void {
  setLatest(run);
  context.within(run, () => {
    evaluate(run, message.script, `In [${message.count}]`)
      .then(async (value) => {
        if (message.showResult) await showResult(run, value);
        await settleDisplays(run);
        end(run, { status: "ok", userExpressions: await answer(run, message.userExpressions) });
      })
      .catch(async (thrown) => {
        const error = reportError(thrown);
        await settleDisplays(run);
        end(run, { status: "error", error, userExpressions: {} });
      });
  });
}

async function settleDisplays(run: Run): Promise<void> {
  while (run.displays.size > 0) await Promise.all(run.displays);
}

/** A promise also for what is thrown before the first await. */
async function evaluate(run: Run, script: Script, name: string): Promise<unknown> {
  const scope = newCellScope(run);
  const program = new Program(script.code, {
    filename: nameScript(script, name),
    // For `import()` in a text that is evaluated at run time; what stands in the cell goes through its scope.
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  run.completed = () => scope.completed;
  return (program.runInThisContext() as CellFunction)(names, scope);
}

async function answer(run: Run, expressions: Execute["userExpressions"]): Promise<Done["userExpressions"]> {
  const answers: Done["userExpressions"] = {};
  const completed = run.completed;
  for (const [key, script] of Object.entries(expressions))
    answers[key] = await answerOne(run, script).catch((thrown) => ({ status: "error", ...reportError(thrown) }));
  run.completed = completed;
  return answers;
}

async function answerOne(run: Run, script: Script | ErrorReport): Promise<Done["userExpressions"][string]> {
  if ("ename" in script) return { status: "error", ...script };
  return { status: "ok", ...(await showExpression(run, await evaluate(run, script, "user_expressions"))) };
}
