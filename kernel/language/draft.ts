import { blankOptionLines } from "./blank.ts";
import { PRELUDE_LINES } from "./check.ts";
import { findNames } from "./declare.ts";
import type { Notebook } from "./notebook.ts";
import { parseCell } from "./parse.ts";
import { Lines, type Position } from "./position.ts";
import { toPrelude } from "./prelude.ts";

/** A cell that is being written: it may not parse, it has a document of its own, and nothing comes of it. */
export interface Draft {
  readonly document: string;
  readonly lines: Lines;
  toDocument(offset: number): Position;
  toOffset(position: Position): number;
}

/** Puts the text where TypeScript can be asked about it, with the names of the session that it mentions, and others. */
export function writeDraft(
  { service, names, documents, library }: Notebook,
  source: string,
  others: Iterable<string> = [],
): Draft {
  const text = blankOptionLines(source);
  const mentioned = text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [];
  library.mention(mentioned);
  const prelude = toPrelude(new Set([...mentioned, ...others]), findOwn(text), names, documents);
  service.write(DRAFT, `${prelude.text}\n${text}\nexport {};\n`);
  const lines = new Lines(source);
  return {
    document: DRAFT,
    lines,
    toDocument(offset) {
      const { line, character } = lines.toPosition(offset);
      return { line: line + PRELUDE_LINES, character };
    },
    toOffset: ({ line, character }) => lines.toOffset({ line: line - PRELUDE_LINES, character }),
  };
}

const DRAFT = "lossbook-cell-draft.ts";

/** What the text declares: from its syntax, and where that is broken, from what looks like a declaration at the start of a line. */
function findOwn(text: string) {
  const { program, mistakes } = parseCell(text);
  if (mistakes.length === 0) return program.body.flatMap(findNames).map((found) => ({ ...found, step: 0 }));
  return [...text.matchAll(DECLARATION)].map(([, name]) => ({ name: name!, kind: "class" as const, step: 0 }));
}

const DECLARATION =
  /^(?:export\s+)?(?:declare\s+)?(?:abstract\s+|async\s+)?(?:const\s+enum|const|let|var|function\*?|class|enum|interface|type|namespace)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;
