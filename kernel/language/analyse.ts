import type { Node, Program, VariableDeclaration } from "oxc-parser";
import { createScope, type Scope } from "./scope.ts";
import { Walk } from "./walk.ts";

/** One place that names a value. */
export interface Reference {
  name: string;
  start: number;
  scope: Scope;
  /** A call must not receive the session as `this`; `typeof` must not throw; a name is only written where it exists. */
  role: "read" | "call" | "typeof" | "write";
  /** `{ x }`: the property keeps its name. */
  isShorthand: boolean;
}

/** `f = () => 1`: the function is named after what it is assigned to. */
export interface Naming {
  name: string;
  scope: Scope;
  value: Node;
}

/** `var`, `let` or `const` whose names outlive the cell. */
export interface Variables {
  node: VariableDeclaration;
  /** Of a list of statements, the body of an `if`, the first part of `for (;;)`, or the left of `for … of`. */
  place: "list" | "body" | "for" | "each";
}

export interface Analysis {
  root: Scope;
  /** Names of the root that end with the cell: `using`. */
  local: Set<string>;
  /** `declare const x`: said to exist, made elsewhere. */
  ambient: Set<string>;
  references: Reference[];
  namings: Naming[];
  variables: Variables[];
  dynamicImports: number[];
  metas: { start: number; end: number }[];
  /** What stands behind `await`, and behind `of` in `for await`. */
  awaited: { node: Node; isEach: boolean }[];
  /** Where an expression statement begins in a list: what is put there may need a semicolon before it. */
  starts: Set<number>;
  /** The statements of the cell itself. */
  top: Set<Node>;
  /** Every name that occurs, as a value or in a type. */
  used: Set<string>;
}

/** Which names a cell uses, and where, and which of them are its own. */
export function analyse(program: Program): Analysis {
  const root = createScope(undefined, true);
  const analysis: Analysis = {
    root,
    local: new Set(),
    ambient: new Set(),
    references: [],
    namings: [],
    variables: [],
    dynamicImports: [],
    metas: [],
    awaited: [],
    starts: new Set(),
    top: new Set<Node>(program.body),
    used: new Set(),
  };
  new Walk(analysis).list(program.body, root);
  return analysis;
}
