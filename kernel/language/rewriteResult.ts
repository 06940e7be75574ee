import type { Program, Statement } from "oxc-parser";
import type { Edits } from "./edit.ts";

/** The last expression is the value of the cell, a promise is awaited first. */
export function rewriteResult(edits: Edits, result: Statement, $value: string): void {
  const value = result.type === "ExportDefaultDeclaration" ? result.declaration : result;
  if (result.type === "ExportDefaultDeclaration") {
    edits.replace(result.start, value.start, `;${$value} = await (`);
    edits.insertAfter(value.end, ")");
  } else if (result.type === "ExpressionStatement") {
    edits.insertBefore(result.start, `;${$value} = await (`);
    edits.insertAfter(result.expression.end, ")");
  }
}

/** The statement whose value is shown; types and empty statements may follow it. */
export function findResult(program: Program): Statement | undefined {
  const last = program.body.findLast(({ type }) => !SILENT.has(type));
  return last?.type === "ExpressionStatement" || last?.type === "ExportDefaultDeclaration" ? last : undefined;
}

const SILENT = new Set(["EmptyStatement", "TSInterfaceDeclaration", "TSTypeAliasDeclaration"]);
