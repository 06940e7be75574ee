import { toShown } from "../../display/bundle.ts";
import { html, json, latex, markdown, png, svg } from "../../display/make.ts";
import { toPlain } from "../../display/plain.ts";
import { comms } from "./comm.ts";
import { alert, confirm, input, prompt } from "./input.ts";
import { findRun } from "./run.ts";
import { send } from "./send.ts";
import { display } from "./show.ts";

/** What a cell can use without an import; typed in `display/globals.ts`. */
const given = {
  display,
  html,
  markdown,
  latex,
  svg,
  png,
  json,
  clearOutput,
  page,
  setNextInput,
  input,
  prompt,
  confirm,
  alert,
  comm: comms,
};

export function defineGlobals(): void {
  for (const [name, value] of Object.entries(given))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  console.clear = () => clearOutput();
}

function clearOutput({ wait = false }: { wait?: boolean } = {}): void {
  send({ type: "clear", run: findRun().id, wait });
}

function page(value: unknown): void {
  const shown = typeof value === "string" ? undefined : toShown(value, () => {});
  const data =
    !shown || shown instanceof Promise
      ? { "text/plain": typeof value === "string" ? value : toPlain(value) }
      : shown.data;
  findRun().payload.push({ source: "page", data, start: 0 });
}

function setNextInput(text: string, { replace = false }: { replace?: boolean } = {}): void {
  findRun().payload.push({ source: "set_next_input", text, replace });
}
