import type { Declared } from "./declare.ts";
import type { CellDocument } from "./documents.ts";

/** Where a name was last declared. */
export interface Meaning {
  document: CellDocument;
  id: number;
  kind: Declared["kind"];
}

/** A name means a value, a type, or both, and each may come from another cell: `type P = …` and, later, `const P = …`. */
export interface Name {
  value?: Meaning;
  type?: Meaning;
}

export type Names = Map<string, Name>;

/** A class, an enum or an import is a value and a type at once, and is replaced as a whole. */
export function declare(names: Names, { name, kind }: Declared, document: CellDocument): void {
  const meaning = { document, id: document.id, kind };
  const isValue = kind !== "type";
  const isType = kind !== "variable" && kind !== "constant" && kind !== "function";
  const old = names.get(name) ?? {};
  const isWhole = old.value !== undefined && old.value === old.type && old.value.document !== document;
  const kept: Name = isWhole ? {} : old;
  names.set(name, {
    ...kept,
    ...(isValue ? { value: meaning } : {}),
    ...(isType && !(kind === "type" && kept.type?.document === document && kept.type === kept.value)
      ? { type: meaning }
      : {}),
  });
}

export function* documentsOf(names: Names): Iterable<CellDocument> {
  for (const { value, type } of names.values()) {
    if (value !== undefined) yield value.document;
    if (type !== undefined) yield type.document;
  }
}
