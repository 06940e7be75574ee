import { randomBytes } from "node:crypto";
import { toShown } from "../../display/bundle.ts";
import type { DisplayHandle, DisplayOptions } from "../../display/globals.ts";
import { normalise } from "../../display/normalise.ts";
import type { Bundle } from "../../display/shown.ts";
import type { Shown } from "../protocol.ts";
import { checkRunning } from "./interrupted.ts";
import { describeThrown } from "./report.ts";
import { findRun, type Run } from "./run.ts";
import { send, sendText } from "./send.ts";

let slots = 0;
const handles = new WeakSet<object>();

/** The value of the last expression of a cell. */
export async function showResult(run: Run, value: unknown): Promise<void> {
  // `display(x)` at the end of a cell has been shown already.
  if (handles.has(value as object)) return;
  const shown = await toShown(value, complainTo(run));
  if (shown && !run.done) send({ type: "result", run: run.id, shown });
}

/** One of the user's expressions: text if nothing better. */
export async function showExpression(run: Run, value: unknown): Promise<Shown> {
  return (await toShown(value, complainTo(run))) ?? { data: { "text/plain": "undefined" }, metadata: {} };
}

/** What cells call `display`. */
export function display(value: unknown, options: DisplayOptions = {}): DisplayHandle {
  const id = options.id ?? randomBytes(8).toString("hex");
  showValue(value, { ...options, id });
  const run = findRun();
  const handle: DisplayHandle = {
    id,
    get isStopped() {
      return run.stopped;
    },
    update: (next, how = {}) => showValue(next, { ...how, id, update: true }),
  };
  handles.add(handle);
  return handle;
}

/** Before a stopped run ends: made earlier, so that none of its code has to run. */
export function showStopped(run: Run): void {
  for (const [displayId, shown] of run.ifStopped)
    send({ type: "display", run: run.id, shown, displayId, update: true, buffers: [] });
}

function showValue(value: unknown, options: DisplayOptions & { id: string }): void {
  const { id, raw, update = false, metadata = {}, ifStopped } = options;
  const run = checkRunning(findRun());
  const last = toShown(ifStopped, complainTo(run));
  const tell = (shown: Shown | undefined, slot?: number) => {
    if (last && !(last instanceof Promise)) run.ifStopped.set(id, last);
    else run.ifStopped.delete(id);
    const { data, metadata: own } = shown ?? { data: { "text/plain": "undefined" }, metadata: {} };
    const place = slot === undefined ? {} : { slot };
    const whole = { data, metadata: { ...own, ...metadata } };
    send({ type: "display", run: run.id, ...place, shown: whole, displayId: id, update, buffers: [] });
  };
  const shown = raw ? { data: normalise(value as Bundle), metadata: {} } : toShown(value, complainTo(run));
  if (shown instanceof Promise) tellLater(run, shown, tell);
  else tell(shown);
}

/** Takes a place in the output now and fills it when the value is ready. */
function tellLater(
  run: Run,
  shown: Promise<Shown | undefined>,
  tell: (shown: Shown | undefined, slot: number) => void,
): void {
  const slot = ++slots;
  send({ type: "hold", run: run.id, slot });
  const done = shown.then((late) => {
    tell(late, slot);
    run.displays.delete(done);
  });
  run.displays.add(done);
}

function complainTo(run: Run): (error: unknown) => void {
  return (error) =>
    sendText(run.id, "stderr", `The value could not be shown as it wants to be: ${describeThrown(error)}\n`);
}
