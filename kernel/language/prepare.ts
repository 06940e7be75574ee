import type { Script } from "../session/protocol.ts";
import { check } from "./check.ts";
import { compile, type Understood, understand } from "./compile.ts";
import type { CellDocument } from "./documents.ts";
import { checkEarly } from "./earlyError.ts";
import type { CheckLevel, Prepared, Refused } from "./language.ts";
import { findLocalSpecifiers } from "./localModules.ts";
import { declare } from "./names.ts";
import type { Notebook } from "./notebook.ts";
import { parseCell } from "./parse.ts";
import { toExports, toPrelude } from "./prelude.ts";
import { refuseCompiled, refuseMistakes, toWarnings } from "./refuse.ts";
import { type Problem, toReport } from "./report.ts";

export interface CellRun {
  run: number;
  count: number;
  showResult: boolean;
}

/**
 * 1. parse; what cannot be parsed is refused
 * 2. a cell that was prepared before, when its names meant the same, is prepared
 * 3. check, and compile meanwhile
 * 4. refuse, or hand over with what is to be done when it has run
 */
export async function prepare(notebook: Notebook, source: string, run: CellRun): Promise<Prepared | Refused> {
  const understood = understandOnce(notebook, source);
  const { mistakes } = understood.cell;
  if (mistakes.length > 0) return refuseMistakes(understood.cell, source, run.count);
  const { level = notebook.level, warning: mistaken } = findLevel(source);
  findChanges(notebook, understood);
  const key = toKey(notebook, understood, source, level, run.showResult);
  const known = notebook.prepared.get(key);
  if (known !== undefined && isCurrent(known)) return toPrepared(notebook, known, known.warnings);
  const document = takeDocument(notebook, understood);
  const checking = level === "off" ? NOTHING : checkOrWarn(notebook, document, source, understood.cell.lead);
  checking.catch(() => {}).finally(() => notebook.documents.leave(document));
  let script: Script;
  try {
    script = await compile(understood, source, {
      isKnown: (name) => notebook.names.get(name)?.value !== undefined,
      showResult: run.showResult,
      isChecked: level === "error",
      legacyDecorators: notebook.legacyDecorators,
    });
    checkEarly(script);
  } catch (error) {
    release(notebook, document);
    return refuseCompiled(error, source, run.count);
  }
  const { problems, warning } = await checking;
  if (problems.length > 0 && level === "error") {
    release(notebook, document);
    return { status: "error", error: toReport("TypeScriptError", problems, source, run.count) };
  }
  const warnings = [...(mistaken === undefined ? [] : [mistaken]), ...toWarnings(problems, source, run.count)];
  const entry = { script, warnings, understood, document, id: document.id };
  if (warning === undefined) notebook.prepared.set(key, entry);
  if (understood.steps.declared.length === 0) release(notebook, document);
  return toPrepared(notebook, entry, warning === undefined ? warnings : [...warnings, warning]);
}

/** A cell as it was prepared; its document may belong to another cell by now. */
export interface Entry {
  script: Script;
  warnings: string[];
  understood: Understood;
  document: CellDocument;
  id: number;
}

function isCurrent({ understood, document, id }: Entry): boolean {
  return understood.steps.declared.length === 0 || document.id === id;
}

function understandOnce(notebook: Notebook, source: string): Understood {
  const known = notebook.understood.get(source);
  if (known !== undefined) return known;
  const understood = understand(parseCell(source));
  notebook.understood.set(source, understood);
  return understood;
}

/** `// @check off` anywhere in a cell is about this cell. */
function findLevel(source: string): { level?: CheckLevel; warning?: string } {
  const word = source.includes("@check") ? CHECK.exec(source)?.[1] : undefined;
  if (word === undefined) return {};
  const level = LEVELS.find((known) => known === word.toLowerCase());
  return level ? { level } : { warning: `// @check ${word}: there are ${LEVELS.join(", ")}.` };
}

const CHECK = /^[^\S\n]*\/\/[^\S\n]*@check\b[^\S\n]*(\S*)/m;
const LEVELS: readonly CheckLevel[] = ["error", "warn", "off"];

function findChanges({ local, service }: Notebook, { cell }: Understood): void {
  if (/\b(?:import|require|from)\b/.test(cell.text)) local.add(findLocalSpecifiers(cell.text));
  const changes = local.findChanged();
  if (changes.length > 0) service.notifyChanged(changes);
}

function toKey(
  { names, local }: Notebook,
  { analysis }: Understood,
  source: string,
  level: string,
  shows: boolean,
): string {
  let meanings = "";
  for (const name of analysis.used) {
    const known = names.get(name);
    if (known !== undefined) meanings += `${name}:${known.value?.id ?? ""}:${known.type?.id ?? ""},`;
  }
  return `${level}|${shows}|${local.generation}|${meanings}|${source}`;
}

function takeDocument(notebook: Notebook, { cell, analysis, steps }: Understood): CellDocument {
  const { documents, names, running, library } = notebook;
  library.mention(analysis.used);
  const { text, needs } = toPrelude(analysis.used, steps.declared, names, documents);
  const document = documents.take(`${text}\n${cell.text}\n${toExports(steps.declared)}\n`, needs);
  // It has no name yet that would keep it.
  running.add(document);
  return document;
}

interface Checked {
  problems: Problem[];
  /** Why there was no check. */
  warning?: string;
}
const NOTHING: Promise<Checked> = Promise.resolve({ problems: [] });

async function checkOrWarn(notebook: Notebook, document: CellDocument, source: string, lead: number): Promise<Checked> {
  const { service } = notebook;
  try {
    const problems = await check(service, document, source, lead);
    const missing = problems.filter(({ code }) => code === "TS2307" || code === "TS7016");
    if (missing.length === 0) return { problems };
    // A package may have been installed since TypeScript looked for it.
    service.notifyChanged(notebook.packages.findChanged(missing.map(({ message }) => message)));
    return { problems: await check(service, document, source, lead) };
  } catch (error) {
    if (notebook.isWarned) return { problems: [] };
    notebook.isWarned = true;
    const reason = error instanceof Error ? error.message : String(error);
    return { problems: [], warning: `TypeScript does not answer, so cells run without a type check: ${reason}` };
  }
}

function toPrepared(notebook: Notebook, entry: Entry, warnings: string[]): Prepared {
  const { understood, document, id, script } = entry;
  const { declared } = understood.steps;
  if (declared.length > 0) notebook.running.add(document);
  return {
    status: "ok",
    script,
    warnings,
    commit(completed) {
      notebook.running.delete(document);
      if (document.id !== id) return;
      const moved = declared.filter(({ step }) => step <= completed);
      for (const declaration of moved) declare(notebook.names, declaration, document);
      notebook.documents.fill();
    },
  };
}

/** Nobody needs the document any more. */
function release({ running, documents }: Notebook, document: CellDocument): void {
  running.delete(document);
  documents.give(document);
}
