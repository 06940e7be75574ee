import { type Node, type Program, type VariableDeclaration, visitorKeys } from "oxc-parser";
import { createScope, findFunctionScope, type Scope } from "./scope.ts";

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
    starts: new Set(),
    top: new Set<Node>(program.body),
    used: new Set(),
  };
  new Walk(analysis).list(program.body, root);
  return analysis;
}

/** The members of the union that may be of the type: some share one interface. */
type NodeOf<Type extends Node["type"]> = NodeAs<Node, Type>;
type NodeAs<N extends Node, Type> = N extends Node ? (Type extends N["type"] ? N : never) : never;
type Handlers = { [Type in Node["type"]]?: (walk: Walk, node: NodeOf<Type>, scope: Scope) => void };
type Place = Variables["place"];

class Walk {
  readonly analysis: Analysis;

  constructor(analysis: Analysis) {
    this.analysis = analysis;
  }

  visit(node: Node | null | undefined, scope: Scope): void {
    if (node === null || node === undefined) return;
    const handler = HANDLERS[node.type] as ((walk: Walk, node: Node, scope: Scope) => void) | undefined;
    if (handler !== undefined) handler(this, node, scope);
    else if (node.type.startsWith("TS")) this.type(node);
    else for (const child of childrenOf(node)) this.visit(child, scope);
  }

  all(nodes: readonly (Node | null)[] | null | undefined, scope: Scope): void {
    for (const node of nodes ?? []) this.visit(node, scope);
  }

  list(nodes: readonly Node[], scope: Scope): void {
    for (const node of nodes) {
      if (node.type === "ExpressionStatement") this.analysis.starts.add(node.start);
      if (node.type === "VariableDeclaration") this.variables(node, scope, "list");
      else this.visit(node, scope);
    }
  }

  type(node: Node | null | undefined): void {
    if (node === null || node === undefined) return;
    if (node.type === "Identifier") this.analysis.used.add(node.name);
    for (const child of childrenOf(node)) this.type(child);
  }

  reference(node: Node & { name: string }, scope: Scope, role: Reference["role"], isShorthand = false): void {
    this.analysis.used.add(node.name);
    this.analysis.references.push({ name: node.name, start: node.start, scope, role, isShorthand });
  }

  variables(node: VariableDeclaration, scope: Scope, place: Place): void {
    const isUsing = node.kind === "using" || node.kind === "await using";
    const owner = node.kind === "var" ? findFunctionScope(scope) : scope;
    const outlives = owner === this.analysis.root && !isUsing && node.declare !== true;
    if (outlives) this.analysis.variables.push({ node, place });
    for (const { id, init } of node.declarations) {
      if (node.declare === true && id.type === "Identifier") this.analysis.ambient.add(id.name);
      else this.binding(id, owner, scope, outlives);
      if (isUsing && owner === this.analysis.root && id.type === "Identifier") this.analysis.local.add(id.name);
      this.type(id.typeAnnotation);
      this.visit(init, scope);
    }
  }

  /** A pattern that declares: in the root its names are written like any target, elsewhere they are simply known. */
  binding(node: Node | null, owner: Scope, scope: Scope, isTarget = false, isShorthand = false): void {
    if (node === null) return;
    switch (node.type) {
      case "Identifier":
        owner.names.add(node.name);
        if (isTarget) this.reference(node as Node & { name: string }, scope, "write", isShorthand);
        this.type(node.typeAnnotation);
        break;
      case "ObjectPattern":
        for (const property of node.properties) this.binding(property as Node, owner, scope, isTarget);
        this.type(node.typeAnnotation);
        break;
      case "Property":
        if (node.computed) this.visit(node.key, scope);
        this.binding(node.value, owner, scope, isTarget, node.shorthand);
        break;
      case "ArrayPattern":
        for (const element of node.elements) this.binding(element as Node | null, owner, scope, isTarget);
        this.type(node.typeAnnotation);
        break;
      case "RestElement":
        this.binding(node.argument, owner, scope, isTarget);
        this.type(node.typeAnnotation);
        break;
      case "AssignmentPattern":
        this.binding(node.left, owner, scope, isTarget, isShorthand);
        if (isTarget) this.naming(node.left, node.right, scope);
        this.visit(node.right, scope);
        break;
      case "TSParameterProperty":
        this.all(node.decorators, scope);
        this.binding(node.parameter, owner, scope);
        break;
    }
  }

  /** A pattern, or a name, that is assigned to. */
  target(node: Node | null, scope: Scope, isShorthand = false): void {
    if (node === null) return;
    switch (node.type) {
      case "Identifier":
        this.reference(node as Node & { name: string }, scope, "write", isShorthand);
        break;
      case "ObjectPattern":
        for (const property of node.properties) this.target(property as Node, scope);
        break;
      case "Property":
        if (node.computed) this.visit(node.key, scope);
        this.target(node.value, scope, node.shorthand);
        break;
      case "ArrayPattern":
        for (const element of node.elements) this.target(element as Node | null, scope);
        break;
      case "RestElement":
        this.target(node.argument, scope);
        break;
      case "AssignmentPattern":
        this.target(node.left, scope, isShorthand);
        this.naming(node.left, node.right, scope);
        this.visit(node.right, scope);
        break;
      case "ParenthesizedExpression":
      case "TSNonNullExpression":
        this.target(node.expression, scope);
        break;
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSTypeAssertion":
        this.target(node.expression, scope);
        this.type(node.typeAnnotation);
        break;
      default:
        this.visit(node, scope);
    }
  }

  naming(left: Node, value: Node | null, scope: Scope): void {
    if (left.type === "Identifier" && value !== null) this.analysis.namings.push({ name: left.name, scope, value });
  }

  /** The called name under `(f)()`, `f!()` and `(f as G)()`. */
  callee(node: Node, scope: Scope): void {
    switch (node.type) {
      case "Identifier":
        this.reference(node as Node & { name: string }, scope, "call");
        break;
      case "ParenthesizedExpression":
      case "TSNonNullExpression":
        this.callee(node.expression, scope);
        break;
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSTypeAssertion":
        this.callee(node.expression, scope);
        this.type(node.typeAnnotation);
        break;
      case "TSInstantiationExpression":
        this.callee(node.expression, scope);
        this.type(node.typeArguments);
        break;
      default:
        this.visit(node, scope);
    }
  }

  /** Parameters see one another and what is outside, not the variables of the body. */
  function(node: NodeOf<"FunctionDeclaration" | "FunctionExpression" | "ArrowFunctionExpression">, scope: Scope): void {
    const outer = createScope(scope, true);
    if (node.type === "FunctionExpression" && node.id !== null) outer.names.add(node.id.name);
    const parameters = createScope(outer, true);
    if (node.type !== "ArrowFunctionExpression") parameters.names.add("arguments");
    for (const parameter of node.params) {
      if ("decorators" in parameter) this.all(parameter.decorators, scope);
      this.binding(parameter as Node, parameters, parameters);
    }
    this.type(node.typeParameters);
    this.type(node.returnType);
    const body = createScope(parameters, true);
    if (node.body?.type === "BlockStatement") this.list(node.body.body, body);
    else this.visit(node.body, body);
  }

  class(node: NodeOf<"ClassDeclaration" | "ClassExpression">, scope: Scope): void {
    this.all(node.decorators, scope);
    const inner = createScope(scope, false);
    if (node.id !== null) inner.names.add(node.id.name);
    this.visit(node.superClass, inner);
    this.type(node.typeParameters);
    this.type(node.superTypeArguments);
    for (const heritage of node.implements ?? []) this.type(heritage);
    this.all(node.body.body, inner);
  }

  loop(head: Node | null, scope: Scope, place: "for" | "each"): void {
    if (head?.type === "VariableDeclaration") this.variables(head, scope, place);
    else if (place === "each") this.target(head, scope);
    else this.visit(head, scope);
  }
}

const HANDLERS: Handlers = {
  Identifier: (walk, node, scope) => walk.reference(node as Node & { name: string }, scope, "read"),
  VariableDeclaration: (walk, node, scope) => walk.variables(node, scope, "body"),
  BlockStatement: (walk, node, scope) => walk.list(node.body, createScope(scope, false)),
  StaticBlock: (walk, node, scope) => walk.list(node.body, createScope(scope, true)),
  SwitchStatement(walk, node, scope) {
    walk.visit(node.discriminant, scope);
    const inner = createScope(scope, false);
    for (const { test, consequent } of node.cases) {
      walk.visit(test, inner);
      walk.list(consequent, inner);
    }
  },
  ForStatement(walk, node, scope) {
    const inner = createScope(scope, false);
    walk.loop(node.init, inner, "for");
    walk.all([node.test, node.update, node.body], inner);
  },
  ForInStatement: (walk, node, scope) => visitEach(walk, node, scope),
  ForOfStatement: (walk, node, scope) => visitEach(walk, node, scope),
  CatchClause(walk, node, scope) {
    const inner = createScope(scope, false);
    walk.binding(node.param, inner, inner);
    walk.visit(node.body, inner);
  },
  LabeledStatement: (walk, node, scope) => walk.visit(node.body, scope),
  BreakStatement: () => {},
  ContinueStatement: () => {},
  FunctionDeclaration(walk, node, scope) {
    if (node.declare === true) walk.analysis.ambient.add(node.id?.name ?? "");
    else if (node.id !== null) scope.names.add(node.id.name);
    walk.function(node as NodeOf<"FunctionDeclaration">, scope);
  },
  FunctionExpression: (walk, node, scope) => walk.function(node as NodeOf<"FunctionExpression">, scope),
  ArrowFunctionExpression: (walk, node, scope) => walk.function(node, scope),
  TSDeclareFunction(walk, node) {
    if (node.declare === true && node.id !== null) walk.analysis.ambient.add(node.id.name);
    walk.type(node);
  },
  ClassDeclaration(walk, node, scope) {
    if (node.declare === true) {
      walk.analysis.ambient.add(node.id?.name ?? "");
      return walk.type(node);
    }
    if (node.id !== null) scope.names.add(node.id.name);
    walk.class(node as NodeOf<"ClassDeclaration">, scope);
  },
  ClassExpression: (walk, node, scope) => walk.class(node as NodeOf<"ClassExpression">, scope),
  MethodDefinition: visitMember,
  PropertyDefinition: visitMember,
  AccessorProperty: visitMember,
  Property(walk, node, scope) {
    if (node.computed) walk.visit(node.key, scope);
    if (node.shorthand && node.value.type === "Identifier") {
      walk.reference(node.value as Node & { name: string }, scope, "read", true);
    } else walk.visit(node.value, scope);
  },
  MemberExpression(walk, node, scope) {
    walk.visit(node.object, scope);
    if (node.computed) walk.visit(node.property, scope);
  },
  CallExpression(walk, node, scope) {
    walk.callee(node.callee, scope);
    walk.type(node.typeArguments);
    walk.all(node.arguments, scope);
  },
  TaggedTemplateExpression(walk, node, scope) {
    walk.callee(node.tag, scope);
    walk.type(node.typeArguments);
    walk.visit(node.quasi, scope);
  },
  UnaryExpression(walk, node, scope) {
    const { argument } = node;
    if (node.operator === "typeof" && argument.type === "Identifier") {
      walk.reference(argument as Node & { name: string }, scope, "typeof");
    } else walk.visit(argument, scope);
  },
  AssignmentExpression(walk, node, scope) {
    walk.target(node.left, scope);
    if (!/^(?:[-+*/%&|^]|\*\*|<<|>>>?)=$/.test(node.operator)) walk.naming(node.left, node.right, scope);
    walk.visit(node.right, scope);
  },
  UpdateExpression: (walk, node, scope) => walk.target(node.argument, scope),
  MetaProperty(walk, node) {
    if (node.meta.name === "import") walk.analysis.metas.push({ start: node.start, end: node.end });
  },
  ImportExpression(walk, node, scope) {
    walk.analysis.dynamicImports.push(node.start);
    walk.all([node.source, node.options], scope);
  },
  ImportDeclaration(_walk, node, scope) {
    for (const { local } of node.specifiers) scope.names.add(local.name);
  },
  TSImportEqualsDeclaration(walk, node, scope) {
    scope.names.add(node.id.name);
    let reference: Node = node.moduleReference;
    while (reference.type === "TSQualifiedName") reference = reference.left;
    if (reference.type === "Identifier") walk.reference(reference as Node & { name: string }, scope, "read");
  },
  TSEnumDeclaration(walk, node, scope) {
    if (node.declare === true) return void walk.analysis.ambient.add(node.id.name);
    scope.names.add(node.id.name);
    const inner = createScope(scope, false);
    for (const { id } of node.body.members) inner.names.add(id.type === "Identifier" ? id.name : "");
    for (const member of node.body.members) walk.visit(member.initializer, inner);
  },
  TSModuleDeclaration(walk, node, scope) {
    if (node.declare === true || node.id.type === "Literal") return walk.type(node);
    let id: Node = node.id;
    const inner = createScope(scope, true);
    while (id.type === "TSQualifiedName") {
      inner.names.add(id.right.name);
      id = id.left;
    }
    if (id.type !== "Identifier") return;
    if (isInstantiated(node)) scope.names.add(id.name);
    inner.names.add(id.name);
    if (node.body !== null && node.body !== undefined) walk.list(node.body.body, inner);
  },
  ExportNamedDeclaration: (walk, node, scope) => walk.visit(node.declaration, scope),
  ExportAllDeclaration: () => {},
  TSAsExpression: visitTyped,
  TSSatisfiesExpression: visitTyped,
  TSTypeAssertion: visitTyped,
  TSNonNullExpression: (walk, node, scope) => walk.visit(node.expression, scope),
  TSInstantiationExpression(walk, node, scope) {
    walk.visit(node.expression, scope);
    walk.type(node.typeArguments);
  },
  TSExportAssignment: (walk, node, scope) => walk.visit(node.expression, scope),
};

/** Whether a namespace holds anything but types. */
export function isInstantiated(node: NodeOf<"TSModuleDeclaration">): boolean {
  return (node.body?.body ?? []).some((statement) => {
    const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (inner === null || ("declare" in inner && inner.declare === true)) return false;
    if (inner.type === "TSModuleDeclaration") return isInstantiated(inner as NodeOf<"TSModuleDeclaration">);
    return inner.type !== "TSTypeAliasDeclaration" && inner.type !== "TSInterfaceDeclaration";
  });
}

function visitEach(walk: Walk, node: NodeOf<"ForInStatement" | "ForOfStatement">, scope: Scope): void {
  const inner = createScope(scope, false);
  walk.loop(node.left, inner, "each");
  walk.all([node.right, node.body], inner);
}

type Member = NodeOf<"MethodDefinition" | "PropertyDefinition" | "AccessorProperty">;
function visitMember(walk: Walk, node: Member, scope: Scope): void {
  walk.all(node.decorators, scope);
  if (node.computed) walk.visit(node.key, scope);
  if ("typeAnnotation" in node) walk.type(node.typeAnnotation);
  walk.visit(node.value, scope);
}

function visitTyped(
  walk: Walk,
  node: NodeOf<"TSAsExpression" | "TSSatisfiesExpression" | "TSTypeAssertion">,
  scope: Scope,
) {
  walk.visit(node.expression, scope);
  walk.type(node.typeAnnotation);
}

function* childrenOf(node: Node): Iterable<Node> {
  const children = node as unknown as Record<string, Node | (Node | null)[] | null | undefined>;
  for (const key of visitorKeys[node.type] ?? []) {
    const child = children[key];
    if (Array.isArray(child)) {
      for (const element of child) if (element !== null) yield element;
    } else if (child !== null && child !== undefined) yield child;
  }
}
