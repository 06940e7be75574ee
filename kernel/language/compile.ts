import type { Script } from "../session/protocol.ts";
import { type Analysis, analyse } from "./analyse.ts";
import { findDeclared, type Steps } from "./declare.ts";
import { Edits } from "./edit.ts";
import { USING } from "./helper.ts";
import type { ParsedCell } from "./parse.ts";
import { rewriteAwaits } from "./rewriteAwaits.ts";
import { findHoisted, rewriteDeclarations } from "./rewriteDeclarations.ts";
import { rewriteImports } from "./rewriteImports.ts";
import { createResolver, rewriteReferences } from "./rewriteReferences.ts";
import { findResult, rewriteResult } from "./rewriteResult.ts";
import { composeMap } from "./sourceMap.ts";
import { type Stripped, strip, stripSlowly } from "./strip.ts";

export interface CompileOptions {
  /** Whether an earlier cell declared the name. */
  isKnown(name: string): boolean;
  showResult: boolean;
  isChecked: boolean;
  legacyDecorators: boolean;
}

/** A cell that was understood: what it declares and uses. */
export interface Understood {
  cell: ParsedCell;
  analysis: Analysis;
  steps: Steps;
}

export function understand(cell: ParsedCell): Understood {
  const analysis = analyse(cell.program);
  return { cell, analysis, steps: findDeclared(cell.program, findHoisted(analysis)) };
}

/**
 * A cell becomes one function of the session's names and of the cell itself, `async ($, $cell) => value of the last expression`:
 *
 *   let a = f(1);      ;$.a = (0, $.f)(1);$cell.completed = 1;
 *   a                  ;$value = await ($.a);
 *
 * 1. edit the text, so that every position maps back
 * 2. strip the types
 * 3. wrap, and compose the two maps
 */
export async function compile(understood: Understood, source: string, options: CompileOptions): Promise<Script> {
  const edited = edit(understood, options);
  const needsMore = options.legacyDecorators || hasDecorator(understood.cell.text) || hasSiblings(understood);
  const stripped = (needsMore ? undefined : strip(edited.text.text)) ?? (await stripSlowly(edited.text.text, options));
  return wrap(edited, stripped, understood, source, options);
}

/** The same, for what needs neither decorators nor namespaces. */
export function compileExpression(understood: Understood, source: string, options: CompileOptions): Script {
  const edited = edit(understood, options);
  return wrap(edited, strip(edited.text.text) ?? { code: edited.text.text, mappings: "" }, understood, source, options);
}

type Edit = ReturnType<typeof edit>;

function edit({ cell, analysis, steps }: Understood, options: CompileOptions) {
  const edits = new Edits(cell.text);
  const [$, $cell, $value] = findFree(cell.text);
  const result = findResult(cell.program);
  // What is put before the value has its own semicolon.
  if (result !== undefined) analysis.starts.delete(result.start);
  rewriteReferences(edits, analysis, createResolver(analysis, options.isKnown), $);
  rewriteAwaits(edits, analysis, $cell);
  const start = rewriteDeclarations(edits, cell.program, analysis, $);
  if (result !== undefined) rewriteResult(edits, result, $value);
  if (start !== "") edits.insertBefore(0, `${start}\n`);
  rewriteImports(edits, cell.program, analysis, { $, $cell, isChecked: options.isChecked, steps: steps.of });
  for (const [statement, step] of steps.of) {
    if (!isHoistedImport(statement.type)) edits.insertAfter(statement.end, `;${$cell}.completed = ${step};`);
  }
  return { text: edits.apply(), $, $cell, $value, isResult: result !== undefined };
}

function wrap(edited: Edit, stripped: Stripped, { cell }: Understood, source: string, options: CompileOptions): Script {
  const { $, $cell, $value, isResult } = edited;
  const using = stripped.code.includes("babelHelpers.") ? ` ${USING}` : "";
  const value = isResult ? ` let ${$value};` : "";
  const end = isResult && options.showResult ? `return ${$value};\n` : "";
  const code = `(async (${$}, ${$cell}) => { "use strict";${value}${using}\n${stripped.code}${end}})`;
  return { code, map: composeMap(stripped.mappings, edited.text, source, cell.lead, 1) };
}

function isHoistedImport(type: string): boolean {
  return type === "ImportDeclaration" || type === "ExportAllDeclaration" || type === "ExportNamedDeclaration";
}

/** `$` is a name that people use: then the compiled cell takes another. */
function findFree(text: string): [string, string, string] {
  let suffix = "";
  const isTaken = () => [`$${suffix}`, `$cell${suffix}`, `$value${suffix}`].some((name) => hasName(text, name));
  for (let number = 1; text.includes("$") && isTaken(); number++) suffix = `_${number}`;
  return [`$${suffix}`, `$cell${suffix}`, `$value${suffix}`];
}

function hasName(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/[\w$]/.test(text[at - 1] ?? "") && !/[\w${]/.test(text[at + name.length] ?? "")) return true;
  }
  return false;
}

/** Decorators, and `accessor` fields, which came with them. */
function hasDecorator(text: string): boolean {
  return /(?:^|[\s({;])@[\w(]|\baccessor\b/.test(text) && /\bclass\b/.test(text);
}

/** Namespaces of one name see one another's members, which oxc does not do. */
function hasSiblings({ steps }: Understood): boolean {
  const names = steps.declared.filter(({ kind }) => kind === "namespace").map(({ name }) => name);
  return new Set(names).size < names.length;
}
