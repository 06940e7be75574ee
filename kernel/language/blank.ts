import type { Program, Statement } from "oxc-parser";

/** Quarto's option lines at the top (`#| echo: false`) and a `#!` line become blank; every other character keeps its place. */
export function blankOptionLines(source: string): string {
  const top = /^(?:[^\S\n]*(?:#\||\/\/\||#!)[^\n]*(?:\n|$)|[^\S\n]*\n)+/.exec(source)?.[0];
  return top === undefined ? source : spaces(top) + source.slice(top.length);
}

/**
 * `export` says nothing in a cell: `export const a` is `const a`, `export { a } from "m"` is an import, a list of names is nothing.
 * What has no name (`export default class {}`) and `export *` stay.
 */
export function blankExports(text: string, program: Program): string {
  let bare = text;
  for (const statement of program.body) {
    const [start, end, replacement] = findExport(text, statement) ?? [];
    if (start === undefined || end === undefined) continue;
    bare = bare.slice(0, start) + (replacement ?? spaces(text.slice(start, end))) + bare.slice(end);
  }
  return bare;
}

function findExport(text: string, statement: Statement): [number, number, string?] | undefined {
  const { start } = statement;
  if (statement.type === "ExportNamedDeclaration") {
    if (statement.declaration !== null) return [start, statement.declaration.start];
    return statement.source === null ? [start, statement.end] : [start, start + 6, "import"];
  }
  if (statement.type === "ExportAllDeclaration")
    return (statement.exported && [start, start + 6, "import"]) || undefined;
  if (statement.type === "TSImportEqualsDeclaration" && text.startsWith("export", start)) return [start, start + 6];
  if (statement.type !== "ExportDefaultDeclaration") return undefined;
  const { declaration } = statement;
  const isNamed = "id" in declaration && declaration.id !== null;
  const isAnonymous =
    declaration.type === "ClassDeclaration" ||
    declaration.type === "FunctionDeclaration" ||
    isObject(text, declaration.start);
  return isNamed || !isAnonymous ? [start, declaration.start] : undefined;
}

function isObject(text: string, start: number): boolean {
  return text[start] === "{";
}

function spaces(text: string): string {
  return text.replace(/[^\n\r]/g, " ");
}
