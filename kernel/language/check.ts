import type { CellDocument } from "./documents.ts";
import { Lines, type Position } from "./position.ts";
import type { Problem } from "./report.ts";
import { toSentence } from "./sentence.ts";
import type { Service } from "./service.ts";

interface Diagnostic {
  range: { start: Position; end: Position };
  severity?: number;
  code?: number | string;
  message: string;
  relatedInformation?: { location: { uri: string }; message: string }[];
}

/** What TypeScript has against a cell; `lead` characters of its first line are not the user's. */
export async function check(
  service: Service,
  document: CellDocument,
  source: string,
  lead: number,
): Promise<Problem[]> {
  const { items } = await service.ask<{ items: Diagnostic[] }>("textDocument/diagnostic", document.name);
  const lines = new Lines(source);
  const problems = items
    .filter(
      ({ severity, range, code }) => (severity ?? 1) === 1 && range.start.line >= PRELUDE_LINES && !GROWING.has(code),
    )
    .map((diagnostic) => toProblem(diagnostic, lines, lead));
  return problems.filter((problem, index) => index === 0 || !isSame(problem, problems[index - 1]!));
}

/** `let list = []` and `let model` get their type from what comes later, in a notebook from a later cell: they are `any` until then. */
const GROWING = new Set<number | string | undefined>([7005, 7034]);

/** The prelude of a cell is one line, and what the user wrote begins below it. */
export const PRELUDE_LINES = 1;

function toProblem({ code, message, range }: Diagnostic, lines: Lines, lead: number): Problem {
  const toOffset = ({ line, character }: Position) => {
    const at = line - PRELUDE_LINES;
    return lines.toOffset({ line: at, character: at === 0 ? Math.max(0, character - lead) : character });
  };
  const start = Math.min(toOffset(range.start), lines.text.length);
  const sentence = toSentence(message);
  const place = { start, end: toOffset(range.end) };
  return sentence === undefined
    ? { code: `TS${code}`, message: toReadable(message), ...place }
    : { code: undefined, message: sentence, ...place };
}

/**
 * Types of other cells are told by their names alone: `import("/home/me/lossbook-cell-3").Model` is `Model`. What a cell has from
 * another is no import to who wrote both, and an import is constant anyway.
 */
function toReadable(message: string): string {
  return message
    .replace(/^(Cannot assign to '.*' because it is) an import\.$/, "$1 a constant.")
    .replace(/import\("[^"]*lossbook-cell-\d+(?:\.ts)?"\)\./g, "")
    .trimEnd();
}

function isSame(a: Problem, b: Problem): boolean {
  return a.start === b.start && a.end === b.end && a.message === b.message;
}
