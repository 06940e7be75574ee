import { toBundle } from "../../display/bundle.ts";
import type { Shown } from "../protocol.ts";
import type { Run } from "./run.ts";
import { send, sendText } from "./send.ts";

export async function showResult(run: Run, value: unknown): Promise<void> {
  const shown = await toShown(value);
  if (shown && !run.done) send({ type: "result", run: run.id, shown });
}

export async function toShown(value: unknown): Promise<Shown | undefined> {
  return toBundle(value);
}
void sendText;
