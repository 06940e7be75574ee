import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";
import type { Draft } from "./draft.ts";
import type { Notebook } from "./notebook.ts";
import { Lines, type Position } from "./position.ts";

/** The statement that declares a name, from the cell or the notebook's own module where it stands. */
export async function findSource(
  notebook: Notebook,
  draft: Draft,
  name: string,
  offset: number,
): Promise<string | undefined> {
  const known = notebook.names.get(name);
  const document = (known?.value ?? known?.type)?.document.name;
  const text = document === undefined ? undefined : notebook.service.read(document);
  if (text !== undefined) return findStatement(text, new RegExp(`\\b${name.replaceAll("$", "\\$")}\\b`), 1);
  const params = { position: draft.toDocument(offset) };
  const places = await notebook.service
    .ask<{ uri: string; range: { start: Position } }[] | null>("textDocument/definition", draft.document, params)
    .catch(() => null);
  const [place] = places ?? [];
  if (place === undefined || !place.uri.startsWith("file:") || place.uri.includes("/node_modules/")) return undefined;
  const file = place.uri.endsWith(draft.document) ? notebook.service.read(draft.document) : readText(place.uri);
  if (file === undefined) return undefined;
  const at = new Lines(file).toOffset(place.range.start);
  return statementsOf(file).find(({ start, end }) => start <= at && at < end)?.text;
}

/** The first statement below the prelude that declares what the pattern says. */
function findStatement(text: string, pattern: RegExp, line: number): string | undefined {
  const start = new Lines(text).toOffset({ line, character: 0 });
  return statementsOf(text).find(
    (statement) => statement.start >= start && pattern.test(statement.text.split("=", 1)[0]!),
  )?.text;
}

function statementsOf(text: string) {
  const { program } = parseSync("module.ts", text);
  return program.body.map(({ start, end }) => ({ start, end, text: text.slice(start, end) }));
}

function readText(uri: string): string | undefined {
  try {
    return readFileSync(fileURLToPath(uri), "utf8");
  } catch {
    return undefined;
  }
}
