import { type Draft, writeDraft } from "./draft.ts";
import { findWordStart } from "./identifier.ts";
import { toJupyterType } from "./itemKind.ts";
import type { Notebook } from "./notebook.ts";
import type { Position } from "./position.ts";

export interface Completion {
  matches: string[];
  /** UTF-16 offsets into the code. */
  start: number;
  end: number;
  /** One for each match, in order. */
  items: { text: string; type: string; signature?: string; documentation?: string }[];
}

interface Item {
  label: string;
  kind?: number;
  sortText?: string;
  insertText?: string;
  filterText?: string;
  textEdit?: { newText: string; range: { start: Position } };
  detail?: string;
  documentation?: string | { value: string };
}

/** What may stand at the offset: what TypeScript offers, and where any name may stand, the names of the session. */
export async function complete(notebook: Notebook, source: string, offset: number): Promise<Completion> {
  const wordStart = findWordStart(source, offset);
  const word = source.slice(wordStart, offset);
  if (source[wordStart - 1] !== ".") notebook.library.mentionPrefix(word);
  const draft = writeDraft(notebook, source, findNames(notebook, word));
  const params = { position: draft.toDocument(offset), context: { triggerKind: 1 } };
  const reply = await notebook.service
    .ask<{ items: Item[] } | null>("textDocument/completion", draft.document, params)
    .catch(() => undefined);
  const offered = reply?.items ?? [];
  const start = findStart(offered, draft, source, offset);
  // Where no global may stand, no name of the session may. Without an answer, only a dot says so.
  const isAnywhere =
    reply === undefined ? source[start - 1] !== "." : offered.some(({ label }) => label === "globalThis");
  const known = isAnywhere ? join(offered, notebook) : offered;
  const fitting = select(known, source.slice(start, offset), (item) => isAt(item, draft, start));
  const items = await describe(notebook, fitting);
  return { matches: items.map(({ text }) => text), start, end: offset, items };
}

/** The names that TypeScript shall know for what they are; of more, the table of names knows the kind. */
function findNames({ names }: Notebook, word: string): string[] {
  const lower = word.toLowerCase();
  return word === "" ? [] : [...names.keys()].filter((name) => name.toLowerCase().startsWith(lower)).slice(0, 50);
}

const LIMIT = 200;
/** So many are described at once; of others a front end asks when they are chosen. */
const DESCRIBED = 4;

/** TypeScript says what it would replace where that is no identifier: the text of a string, the dot before `?.`. */
function findStart(offered: Item[], draft: Draft, source: string, offset: number): number {
  const starts = offered.map(({ textEdit }) => textEdit && draft.toOffset(textEdit.range.start));
  const [first] = starts;
  return first !== undefined && starts.every((start) => start === first) ? first : findWordStart(source, offset);
}

function isAt({ textEdit }: Item, draft: Draft, start: number): boolean {
  return textEdit === undefined || draft.toOffset(textEdit.range.start) === start;
}

/** The session's table knows what a name is, where TypeScript sees no more than that it is imported. */
function join(offered: Item[], { names }: Notebook): Item[] {
  const byName = new Map(offered.map((item) => [item.label, item]));
  for (const [label, { value, type }] of names) {
    const kind = KINDS[(value ?? type)?.kind ?? "variable"];
    byName.set(label, { sortText: "11", ...byName.get(label), label, kind });
  }
  return [...byName.values()];
}

/** The numbers of the language server's protocol. */
const KINDS = {
  variable: 6,
  constant: 6,
  function: 3,
  class: 7,
  enum: 13,
  namespace: 9,
  type: 8,
  import: 6,
  ambient: 6,
};

function select(items: Item[], prefix: string, isAtStart: (item: Item) => boolean): Item[] {
  const lower = prefix.toLowerCase();
  const ranked = new Map<string, { item: Item; rank: string }>();
  for (const item of items) {
    const text = toText(item);
    const sought = item.filterText ?? text;
    if (!sought.toLowerCase().startsWith(lower) || !isAtStart(item) || ranked.has(text)) continue;
    ranked.set(text, { item, rank: `${sought.startsWith(prefix) ? 0 : 1}${item.sortText ?? "11"}${text}` });
  }
  return [...ranked.values()]
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, LIMIT)
    .map(({ item }) => item);
}

function toText({ textEdit, insertText, label }: Item): string {
  return textEdit?.newText ?? insertText ?? label;
}

async function describe({ service }: Notebook, items: Item[]): Promise<Completion["items"]> {
  const few = items.length <= DESCRIBED ? items : [];
  const full = await Promise.all(
    few.map((item) =>
      "data" in item ? service.request<Item>("completionItem/resolve", item).catch(() => item) : Promise.resolve(item),
    ),
  );
  return items.map((item, index) => {
    const { detail: signature, documentation } = full[index] ?? item;
    const detail = signature?.replace(/^\(alias\) /, "");
    const text = typeof documentation === "string" ? documentation : documentation?.value;
    return {
      text: toText(item),
      type: toJupyterType(item.kind, detail),
      ...(detail === undefined ? {} : { signature: detail }),
      ...(text === undefined || text === "" ? {} : { documentation: text }),
    };
  });
}
