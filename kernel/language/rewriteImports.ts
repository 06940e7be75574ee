import type { ImportDeclaration, Program, Statement } from "oxc-parser";
import type { Analysis } from "./analyse.ts";
import { isImport } from "./declare.ts";
import type { Edits } from "./edit.ts";
import { IMPORT_NAMES } from "./helper.ts";

export interface ImportContext {
  /** How the compiled cell calls the session and the object of this cell. */
  $: string;
  $cell: string;
  /** Whether the types were checked: then a module that has none but types need not exist when the cell runs. */
  isChecked: boolean;
  steps: Map<Statement, number>;
}

/** Static imports are awaited before the first statement, in their order; `import()` and `import.meta` are the session's. */
export function rewriteImports(edits: Edits, program: Program, analysis: Analysis, context: ImportContext): void {
  for (const start of analysis.dynamicImports) edits.replace(start, start + 6, `${context.$cell}.import`);
  for (const { start, end } of analysis.metas) edits.replace(start, end, `${context.$cell}.meta`);
  const imports = program.body.filter(isImport);
  if (imports.length === 0) return;
  const values = new Set(analysis.references.map(({ name }) => name));
  if (imports.some((statement) => statement.type === "ImportDeclaration" && statement.specifiers.length > 0)) {
    edits.insertBefore(0, `${IMPORT_NAMES}\n`);
  }
  for (const statement of imports) {
    edits.replace(statement.start, statement.end, ";");
    const step = context.steps.get(statement);
    const text = toImport(edits.original, statement, values, context);
    if (text !== "") edits.insertBefore(0, `${text};`, statement.start);
    if (step !== undefined) edits.insertBefore(0, `${context.$cell}.completed = ${step};`, statement.start);
    edits.insertBefore(0, "\n");
  }
}

function toImport(
  text: string,
  statement: Statement,
  values: Set<string>,
  { $, $cell, isChecked }: ImportContext,
): string {
  if (statement.type === "TSImportEqualsDeclaration") {
    if (statement.importKind === "type" || statement.moduleReference.type !== "TSExternalModuleReference") return "";
    const module = statement.moduleReference.expression.raw;
    return `${$}.${statement.id.name} = await ${$cell}.import(${module}).then((m) => "default" in m ? m.default : m)`;
  }
  if (statement.type !== "ImportDeclaration") {
    const isType = "exportKind" in statement && statement.exportKind === "type";
    const source = "source" in statement ? statement.source : null;
    return isType || source === null ? "" : `await ${$cell}.import(${source.raw})`;
  }
  if (statement.importKind === "type") return "";
  const names = toNames(statement, values);
  if (names === undefined) return "";
  const [first, last] = [statement.attributes[0], statement.attributes.at(-1)];
  const attributes = first && last ? `, { with: { ${text.slice(first.start, last.end)} } }` : "";
  const load = `${$cell}.import(${statement.source.raw}${attributes})`;
  if (statement.specifiers.length === 0) return `await ${load}`;
  const isOptional = isChecked && !names.some(({ isUsed }) => isUsed);
  return `$imports(${$}, ${statement.source.raw}, ${JSON.stringify(names.map(({ local, imported, isUsed }) => [local, imported, isUsed]))}, await ${load}${isOptional ? ".catch($missing)" : ""})`;
}

/** Nothing when every name is said to be a type. */
function toNames(statement: ImportDeclaration, values: Set<string>) {
  const names = statement.specifiers.flatMap((specifier) => {
    const local = specifier.local.name;
    const isUsed = values.has(local);
    if (specifier.type === "ImportDefaultSpecifier") return [{ local, imported: "default", isUsed }];
    if (specifier.type === "ImportNamespaceSpecifier") return [{ local, imported: "*", isUsed }];
    if (specifier.importKind === "type") return [];
    const { imported } = specifier;
    return [{ local, imported: imported.type === "Literal" ? imported.value : imported.name, isUsed }];
  });
  return names.length === 0 && statement.specifiers.length > 0 ? undefined : names;
}
