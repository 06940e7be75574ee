import type { Node } from "oxc-parser";
import { createScope, type Scope } from "./scope.ts";
import { isInstantiated, type NodeOf } from "./syntax.ts";
import type { Walk } from "./walk.ts";

type Visitors = { [Type in Node["type"]]?: (walk: Walk, node: NodeOf<Type>, scope: Scope) => void };

/** The syntax that brings names or uses them in its own way; of all other syntax the parts are visited. */
export const VISITORS: Visitors = {
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
  ForOfStatement(walk, node, scope) {
    if (node.await) walk.analysis.awaited.push({ node: node.right, isEach: true });
    visitEach(walk, node, scope);
  },
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
  AwaitExpression(walk, node, scope) {
    walk.analysis.awaited.push({ node: node.argument, isEach: false });
    walk.visit(node.argument, scope);
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
