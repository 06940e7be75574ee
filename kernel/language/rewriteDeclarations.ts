import type { Program, VariableDeclaration } from "oxc-parser";
import type { Analysis, Variables } from "./analyse.ts";
import { namesOf } from "./declare.ts";
import type { Edits } from "./edit.ts";
import { rewriteNamed } from "./rewriteReferences.ts";
import { isInstantiated } from "./syntax.ts";

/**
 * Variables become assignments to the session, what stays a declaration (functions, classes, enums, namespaces) is handed to it.
 * Returns what stands at the beginning of the cell: functions exist before the first statement, and so do the names of `var`s that
 * have no value yet.
 */
export function rewriteDeclarations(edits: Edits, program: Program, analysis: Analysis, $: string): string {
  for (const variables of analysis.variables) rewriteVariables(edits, variables);
  for (const statement of program.body) rewriteAlias(edits, statement, $);
  const functions = new Set<string>();
  for (const statement of program.body) {
    const name = findKept(statement);
    if (statement.type === "FunctionDeclaration" && name !== undefined) functions.add(name);
    else if (name !== undefined) edits.insertAfter(statement.end, `;${$}.${name} = ${name};`);
  }
  const empty = [...findHoisted(analysis)].filter((name) => !functions.has(name));
  return [
    ...empty.map((name) => `${$}.${name} = undefined;`),
    ...[...functions].map((name) => `${$}.${name} = ${name};`),
  ].join(" ");
}

/** `import a = N.b` */
function rewriteAlias(edits: Edits, statement: Program["body"][number], $: string): void {
  if (statement.type !== "TSImportEqualsDeclaration" || statement.importKind === "type") return;
  const { id, moduleReference, start } = statement;
  if (moduleReference.type !== "TSExternalModuleReference")
    edits.replace(start, moduleReference.start, `;${$}.${id.name} = `);
}

/** `var`s inside other statements, or without a value: they exist from the start. */
export function findHoisted(analysis: Analysis): Set<string> {
  const hoisted = new Set<string>();
  for (const { node, place } of analysis.variables) {
    if (node.kind !== "var") continue;
    for (const { id, init } of node.declarations) {
      if (place !== "list" || init === null || isNested(node, analysis))
        for (const name of namesOf(id)) hoisted.add(name);
    }
  }
  return hoisted;
}

function isNested(node: VariableDeclaration, analysis: Analysis): boolean {
  return !analysis.top.has(node);
}

function findKept(statement: Program["body"][number]): string | undefined {
  switch (statement.type) {
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
      return statement.declare === true ? undefined : statement.id?.name;
    case "TSModuleDeclaration": {
      let id: { type: string } = statement.id;
      while (id.type === "TSQualifiedName") id = (id as { type: string; left: { type: string } }).left;
      const isKept = statement.declare !== true && id.type === "Identifier" && isInstantiated(statement);
      return isKept ? (id as { type: string; name: string }).name : undefined;
    }
    default:
      return undefined;
  }
}

function rewriteVariables(edits: Edits, { node, place }: Variables): void {
  const [first] = node.declarations;
  if (first === undefined) return;
  // A statement that begins with a name or a parenthesis must not continue the one before.
  edits.replace(node.start, first.start, place === "list" ? ";" : "");
  for (const { id, init, definite, start, end } of node.declarations) {
    const annotation = id.typeAnnotation;
    const nameEnd = id.type === "Identifier" ? id.start + id.name.length : (annotation?.start ?? id.end);
    if (annotation) edits.replace(nameEnd, annotation.end, "");
    else if (definite === true) edits.replace(nameEnd, id.end, "");
    if (place === "each") continue;
    if (init === null) {
      if (node.kind !== "var") edits.insertAfter(end, " = undefined");
      continue;
    }
    if (id.type === "Identifier") rewriteNamed(edits, id.name, init);
    else if (id.type === "ObjectPattern" || place !== "list") {
      edits.insertBefore(start, "(");
      edits.insertAfter(end, ")");
    }
  }
}
