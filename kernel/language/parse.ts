import { type Program, parseSync } from "oxc-parser";
import { blankExports, blankOptionLines } from "./blank.ts";

/** A place in a cell that cannot be parsed; offsets are UTF-16. */
export interface Mistake {
  message: string;
  help: string | undefined;
  start: number;
  end: number;
}

export interface ParsedCell {
  /** What is checked and compiled: what the user wrote, with option lines and `export` blanked, so that positions stay. */
  text: string;
  /** How many characters stand in `text` before what the user wrote: 1 where a cell is an object literal in parentheses. */
  lead: 0 | 1;
  program: Program;
  mistakes: Mistake[];
}

/**
 * 1. blank what is no TypeScript
 * 2. a cell that reads as an object literal is one: `{ a: 1 }` is no block with a label, as in Node's own REPL
 * 3. blank `export`: a cell's names outlive it anyway
 */
export function parseCell(source: string): ParsedCell {
  const text = blankOptionLines(source);
  const parsed = parseObject(text) ?? parse(text);
  if (!text.includes("export") || parsed.mistakes.length > 0) return parsed;
  const bare = blankExports(parsed.text, parsed.program);
  return bare === text ? parsed : parse(bare, parsed.lead);
}

/** An expression, as `user_expressions` has them. */
export function parseExpression(source: string): ParsedCell {
  const parsed = parse(`(${source}\n)`, 1);
  return { ...parsed, mistakes: parsed.mistakes.map((mistake) => shift(mistake, source.length)) };
}

function parse(text: string, lead: 0 | 1 = 0): ParsedCell {
  const result = parseSync("cell.ts", text, { lang: "ts", sourceType: "module", showSemanticErrors: true });
  const mistakes = result.errors.map((error) => ({
    message: error.message.replace(/\.$/, ""),
    help: error.helpMessage ?? undefined,
    // Of a name that is declared twice, the second place is the mistake.
    start: (isTwice(error.message) ? error.labels.at(-1) : error.labels[0])?.start ?? 0,
    end: (isTwice(error.message) ? error.labels.at(-1) : error.labels[0])?.end ?? 0,
  }));
  return { text, lead, program: result.program, mistakes };
}

function isTwice(message: string): boolean {
  return message.includes("already been declared") || message.includes("Multiple constructor");
}

function parseObject(text: string): ParsedCell | undefined {
  if (!/^\s*\{\s*\S/.test(text) || !/[^\s{]\s*\}\s*$/.test(text)) return undefined;
  const parsed = parse(`(${text}\n)`, 1);
  const [statement, ...rest] = parsed.program.body;
  if (parsed.mistakes.length > 0 || rest.length > 0 || statement?.type !== "ExpressionStatement") return undefined;
  const expression =
    statement.expression.type === "ParenthesizedExpression" ? statement.expression.expression : undefined;
  return expression?.type === "ObjectExpression" ? parsed : undefined;
}

function shift(mistake: Mistake, length: number): Mistake {
  const to = (offset: number) => Math.min(Math.max(offset - 1, 0), length);
  return { ...mistake, start: to(mistake.start), end: to(mistake.end) };
}
