import { toSafe } from "../metric/safe.ts";

/** What something was made with, by name. */
export type Settings = Readonly<Record<string, unknown>>;

const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const DISPLAY = Symbol.for("Jupyter.display");

/**
 * An optimizer, or a part of one, that shows with what it was made, and what it remembers of each parameter: as text a call, in a notebook a table. The rest
 * of it stays as it is.
 *
 * @example
 * String(optim.sgd({ lr: 0.1, momentum: 0.9 })) // sgd({ lr: 0.1, momentum: 0.9, dampening: 0, weightDecay: 0, nesterov: false }), which keeps momentum of each parameter
 */
export function withSettings<T extends { readonly name: string }>(
  value: T,
  settings: Settings,
  kept: readonly string[] = [],
): T {
  const remembers = kept.length > 0 ? `keeps ${kept.join(" and ")} of each parameter` : "";
  const text = [writeCall(value.name, settings), remembers && `which ${remembers}`].filter(Boolean).join(", ");
  const rows = Object.entries(settings).map(
    ([name, each]) =>
      `<tr><td style="text-align:left">${toSafe(name)}</td><td><code>${toSafe(write(each))}</code></td></tr>`,
  );
  const caption = `<caption style="text-align:left"><b>${toSafe(value.name)}</b>${remembers && ` ${toSafe(remembers)}`}</caption>`;
  return show(value, text, `<table>${caption}<tbody>${rows.join("")}</tbody></table>`);
}

/** A schedule that shows how it was made: `cosine(0.1, { tMax: 10, etaMin: 0 })`. */
export function withCall<T extends object>(value: T, name: string, ...given: readonly unknown[]): T {
  return show(value, `${name}(${given.map(write).join(", ")})`);
}

/** Steps one after the other, each as it shows itself. */
export function withSteps<T extends object>(value: T, name: string, steps: readonly unknown[]): T {
  return show(value, `${name}(\n${steps.map((each) => `  ${write(each)},\n`).join("")})`);
}

/** Properties that no loop over the value meets. */
function show<T extends object>(value: T, text: string, html?: string): T {
  const hidden = (property: unknown) => ({ value: property, enumerable: false, configurable: true });
  const bundle = { "text/plain": text, ...(html !== undefined && { "text/html": html }) };
  return Object.defineProperties(value, {
    toString: hidden(() => text),
    [INSPECT]: hidden(() => text),
    [DISPLAY]: hidden(() => bundle),
  });
}

function writeCall(name: string, settings: Settings): string {
  const entries = Object.entries(settings).filter(([, each]) => each !== undefined);
  return entries.length === 0 ? `${name}()` : `${name}(${write(Object.fromEntries(entries))})`;
}

/** As it would be written in a cell. */
function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(", ")}]`;
  if (typeof value === "string") return JSON.stringify(value);
  // what shows itself has a text of its own; a function of the reader's is its source, which may be long
  if (typeof value === "function") return Object.hasOwn(value, INSPECT) ? String(value) : value.name || "a function";
  if (typeof value !== "object" || value === null || Object.hasOwn(value, INSPECT)) return String(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{ ${entries.map(([name, each]) => `${name}: ${write(each)}`).join(", ")} }`;
}
