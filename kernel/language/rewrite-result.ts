import type { Program } from "oxc-parser";
import type { Analysis } from "./analyse.ts";
import type { Edits } from "./edit.ts";

/** The last expression is the value of the cell, a promise is awaited first; types and empty statements may follow it. */
export function rewriteResult(edits: Edits, program: Program, analysis: Analysis, $value: string): boolean {
  const last = program.body.findLast(({ type }) => !SILENT.has(type));
  if (last?.type === "ExportDefaultDeclaration") {
    edits.replace(last.start, last.declaration.start, `;${$value} = await (`);
    edits.insertAfter(last.declaration.end, ")");
    return true;
  }
  if (last?.type !== "ExpressionStatement") return false;
  analysis.starts.delete(last.start);
  edits.insertBefore(last.start, `;${$value} = await (`);
  edits.insertAfter(last.expression.end, ")");
  return true;
}

const SILENT = new Set(["EmptyStatement", "TSInterfaceDeclaration", "TSTypeAliasDeclaration"]);
