import type { Affine } from "./affine.ts";

/** Something that has a name, and the loop that it was computed in. */
export interface Named {
  readonly name: string;
  readonly scope: Scope;
}

/** The body of a loop, or what stands before all loops. What does not depend on the loop's variable is written further out. */
export class Scope {
  readonly lines: string[] = [];
  readonly names = new Map<string, Named>();
  readonly depth: number;
  readonly parent: Scope | undefined;
  readonly variable: string | undefined;

  constructor(parent?: Scope, variable?: string) {
    this.parent = parent;
    this.variable = variable;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
  }

  find(key: string): Named | undefined {
    return this.names.get(key) ?? this.parent?.find(key);
  }

  /** The outermost scope that knows every variable of a place. */
  holding(...places: readonly Affine[]): Scope {
    const here = this.variable !== undefined && places.some(({ terms }) => terms.has(this.variable!));
    return here || this.parent === undefined ? this : this.parent.holding(...places);
  }
}

export function innermost(scopes: readonly Scope[], outermost: Scope): Scope {
  return scopes.reduce((a, b) => (b.depth > a.depth ? b : a), outermost);
}

export function outermost(scope: Scope): Scope {
  return scope.parent === undefined ? scope : outermost(scope.parent);
}
