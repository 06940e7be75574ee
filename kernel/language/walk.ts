import type { Node, VariableDeclaration } from "oxc-parser";
import type { Analysis, Reference, Variables } from "./analyse.ts";
import { createScope, findFunctionScope, type Scope } from "./scope.ts";
import { childrenOf, type NodeOf } from "./syntax.ts";
import { VISITORS } from "./visitors.ts";

type Place = Variables["place"];

/** Goes through a cell once and notes what names do; what they mean is told when all of them are known. */
export class Walk {
  readonly analysis: Analysis;

  constructor(analysis: Analysis) {
    this.analysis = analysis;
  }

  visit(node: Node | null | undefined, scope: Scope): void {
    if (node === null || node === undefined) return;
    const handler = VISITORS[node.type] as ((walk: Walk, node: Node, scope: Scope) => void) | undefined;
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
