import { type Report, writeReport } from "./report.ts";
import type { Sink } from "./sink.ts";

/** The kernel's `display`, known by what it does: the runtime does not import the kernel. */
type Display = (value: unknown) => unknown;

interface Handle {
  update(value: unknown): void;
}

/** One display that is updated in place, where there is a notebook. */
export function toNotebook(): Sink | undefined {
  const { display } = globalThis as { readonly display?: unknown };
  if (typeof display !== "function") return undefined;
  let handle: Handle | undefined;
  let isForeign = false;
  const show = (reports: readonly Report[]) => {
    const view = toView(reports);
    if (handle !== undefined) handle.update(view);
    else if (!isForeign) {
      const found = (display as Display)(view);
      // somebody else's function of that name shows the bar once and not again
      if (isHandle(found)) handle = found;
      else isForeign = true;
    }
  };
  return { show, end: show };
}

/** Bars as a value that shows itself. */
export function toView(reports: readonly Report[]): object {
  const bundle = {
    "text/plain": reports.map(writeReport).join("\n"),
    "text/html": reports.map(toHtml).join(""),
  };
  return { [Symbol.for("Jupyter.display")]: () => bundle };
}

function toHtml(report: Report): string {
  const { done, total, state } = report;
  const value =
    total === undefined ? (state === "running" ? "" : ' value="1" max="1"') : ` value="${done}" max="${total}"`;
  return `<div><progress${value} style="width:16em;vertical-align:middle"></progress> <span style="font-variant-numeric:tabular-nums">${toSafe(writeReport(report))}</span></div>`;
}

function isHandle(value: unknown): value is Handle {
  return typeof (value as Partial<Handle> | null | undefined)?.update === "function";
}

function toSafe(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
