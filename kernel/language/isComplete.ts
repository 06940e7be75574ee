import { type Mistake, type ParsedCell, parseCell } from "./parse.ts";

export type Completeness = { status: "complete" | "invalid" | "unknown" } | { status: "incomplete"; indent: string };

/** A cell is incomplete when all that is wrong with it is where it ends: what is typed next may put it right. */
export function isComplete(source: string): Completeness {
  const cell = parseCell(source);
  if (cell.mistakes.length === 0) return endsInSignature(cell) ? toIncomplete(source) : { status: "complete" };
  const end = cell.text.trimEnd().length;
  const isOpen = cell.mistakes.every((mistake) => isAtEnd(mistake, cell.text, end));
  if (isOpen || HANGING.test(cell.text)) return toIncomplete(source);
  return { status: "invalid" };
}

/** Comments and templates go on over lines; a quoted string does where a backslash ends its line. */
function isAtEnd({ message, start, end }: Mistake, text: string, length: number): boolean {
  if (start >= length || (end >= length && message.startsWith("Identifier expected after"))) return true;
  if (!message.startsWith("Unterminated")) return false;
  return /comment/.test(message) || text[start] === "`" || text[start] === "}" || text.endsWith("\\");
}

/** A declaration without what it declares: `let`, `const x`, `class`. */
const HANGING = /^\s*(?:(?:let|const|var|using|class|enum|namespace|async|export|@[\w.]+)\s*|const\s+[\w$]+\s*)$/;

/** `function f()` declares an overload, for TypeScript; for who types it, the body is to come. */
function endsInSignature({ program, text }: ParsedCell): boolean {
  const last = program.body.at(-1);
  return last?.type === "TSDeclareFunction" && last.declare !== true && !text.trimEnd().endsWith(";");
}

/** The indentation of the last line, one level deeper after what opens something. */
function toIncomplete(source: string): Completeness {
  const line = source.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  const code = line.replace(/\/\/.*$/, "").trimEnd();
  const opens =
    /(?:[{([:?]|=>|[^=!<>]=|[-+*/%&|^,.]|\b(?:else|do|try|return|extends|of|in)|\$\{)$/.test(code) &&
    !/^\s*\*/.test(line);
  const isHead = /^\s*(?:\}\s*)?(?:if|for|while|else if)\b.*\)$/.test(code);
  return { status: "incomplete", indent: indent + (opens || isHead ? (indent.includes("\t") ? "\t" : "  ") : "") };
}
