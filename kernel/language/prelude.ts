import type { Declared } from "./declare.ts";
import type { CellDocument, Documents } from "./documents.ts";
import type { Meaning, Name, Names } from "./names.ts";

export interface Prelude {
  /** One line, however many names it has. */
  text: string;
  needs: Set<CellDocument>;
}

/** The names that a cell uses and does not declare, from the cells that declared them last. */
export function toPrelude(
  used: Iterable<string>,
  declared: readonly Declared[],
  names: Names,
  documents: Documents,
): Prelude {
  const needs = new Set<CellDocument>();
  let text = "";
  for (const name of used) {
    const known = names.get(name);
    if (known === undefined) continue;
    const own = declared.filter((declaration) => declaration.name === name);
    const wanted = withoutOwn(known, own);
    for (const meaning of [wanted.value, wanted.type]) {
      if (meaning !== undefined) needs.add(documents.settle(meaning.document));
    }
    text += toDeclaration(name, wanted, own.length > 0);
  }
  return { text, needs };
}

/** What a cell hands to later cells: every name it declares, once. */
export function toExports(declared: readonly Declared[]): string {
  return `export { ${[...new Set(declared.map(({ name }) => name))].join(", ")} };`;
}

function withoutOwn({ value, type }: Name, own: readonly Declared[]): Name {
  const hasValue = own.some(({ kind }) => kind !== "type");
  const hasType = own.some(({ kind }) => kind !== "variable" && kind !== "constant" && kind !== "function");
  const isWhole = value !== undefined && value === type;
  return {
    ...(value !== undefined && !hasValue ? { value } : {}),
    ...(type !== undefined && !hasType && !(isWhole && hasValue) ? { type } : {}),
  };
}

/** An import keeps all that is known about a name, its documentation too, but would not let a variable be assigned. */
function toDeclaration(name: string, { value, type }: Name, isOwn: boolean): string {
  if (value === undefined) return type === undefined ? "" : `import type { ${name} } from ${toModule(type)};`;
  const isWhole = value === type || (value.document === type?.document && !isOwn);
  if (!isOwn && (isWhole || (type === undefined && value.kind !== "variable"))) {
    return `import { ${name} } from ${toModule(value)};`;
  }
  const keyword = value.kind === "variable" ? "let" : "const";
  const typed = type === undefined || value === type ? "" : `import type { ${name} } from ${toModule(type)};`;
  return `${typed}declare ${keyword} ${name}: typeof import(${toModule(value)}).${name};`;
}

function toModule({ document }: Meaning): string {
  return `"./${document.name}"`;
}
