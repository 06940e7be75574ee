/** The names that a piece of syntax brings, as values; types have no part in a running cell. */
export interface Scope {
  readonly parent: Scope | undefined;
  /** Whether `var` stops here. */
  readonly isFunction: boolean;
  readonly names: Set<string>;
}

export function createScope(parent: Scope | undefined, isFunction: boolean): Scope {
  return { parent, isFunction, names: new Set() };
}

/** Where `var` puts a name. */
export function findFunctionScope(scope: Scope): Scope {
  let found = scope;
  while (!found.isFunction && found.parent !== undefined) found = found.parent;
  return found;
}

/** The scope that a name means, or nothing when no scope of the cell has it. */
export function findScope(name: string, scope: Scope): Scope | undefined {
  let found: Scope | undefined = scope;
  while (found !== undefined && !found.names.has(name)) found = found.parent;
  return found;
}
