import type { Node, Program, Statement } from "oxc-parser";
import { isInstantiated } from "./syntax.ts";

/** What a cell declares: in which sense a later cell may use the name. */
export interface Declared {
  name: string;
  kind: "variable" | "constant" | "function" | "class" | "enum" | "namespace" | "type" | "import" | "ambient";
  /** The step of the cell after which the name exists; 0: from the start. */
  step: number;
}

/** Steps are counted in the order in which they are taken: imports first, then the statements that declare. */
export interface Steps {
  declared: Declared[];
  /** The step that each declaring statement completes. */
  of: Map<Statement, number>;
}

export function findDeclared(program: Program, hoisted: Set<string>): Steps {
  const declared: Declared[] = [];
  const of = new Map<Statement, number>();
  const imports = program.body.filter(isImport);
  const others = program.body.filter((statement) => !isImport(statement));
  for (const statement of [...imports, ...others]) {
    const found = findNames(statement);
    if (found.length === 0) continue;
    const isStep = found.some(({ name, kind }) => !isFromStart(kind) && !hoisted.has(name));
    if (isStep) of.set(statement, of.size + 1);
    for (const { name, kind } of found) {
      declared.push({ name, kind, step: isFromStart(kind) || hoisted.has(name) ? 0 : of.size });
    }
  }
  return { declared, of };
}

export function isImport(statement: Statement): boolean {
  return (
    statement.type === "ImportDeclaration" ||
    statement.type === "ExportAllDeclaration" ||
    (statement.type === "ExportNamedDeclaration" && statement.source !== null) ||
    (statement.type === "TSImportEqualsDeclaration" && statement.moduleReference.type === "TSExternalModuleReference")
  );
}

type Found = Pick<Declared, "name" | "kind">;

function isFromStart(kind: Declared["kind"]): boolean {
  return kind === "function" || kind === "type" || kind === "ambient";
}

export function findNames(statement: Node): Found[] {
  switch (statement.type) {
    case "VariableDeclaration": {
      if (statement.kind === "using" || statement.kind === "await using") return [];
      const kind = statement.declare === true ? "ambient" : statement.kind === "const" ? "constant" : "variable";
      return statement.declarations.flatMap(({ id }) => namesOf(id)).map((name) => ({ name, kind }));
    }
    case "FunctionDeclaration":
    case "TSDeclareFunction":
      return named(statement.id, "function");
    case "ClassDeclaration":
      return named(statement.id, statement.declare === true ? "ambient" : "class");
    case "TSEnumDeclaration":
      return named(statement.id, statement.declare === true ? "ambient" : "enum");
    case "TSModuleDeclaration": {
      if ((statement.kind as string) === "global") return [];
      let id: Node = statement.id;
      while (id.type === "TSQualifiedName") id = id.left;
      if (id.type !== "Identifier") return [];
      const isAmbient = statement.declare === true || !isInstantiated(statement);
      return named(id as { name: string }, isAmbient ? "ambient" : "namespace");
    }
    case "TSTypeAliasDeclaration":
    case "TSInterfaceDeclaration":
      return named(statement.id, "type");
    case "ImportDeclaration":
      return statement.specifiers.map(({ local }) => ({ name: local.name, kind: "import" }));
    case "TSImportEqualsDeclaration":
      return named(statement.id, "import");
    case "ExportDefaultDeclaration":
    case "ExportNamedDeclaration":
      return [];
    default:
      return findVars(statement).map((name) => ({ name, kind: "variable" }));
  }
}

function named(id: { name: string } | null, kind: Declared["kind"]): Found[] {
  return id === null ? [] : [{ name: id.name, kind }];
}

export function namesOf(pattern: Node | null): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        namesOf(property.type === "Property" ? property.value : property.argument),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => namesOf(element as Node | null));
    case "AssignmentPattern":
      return namesOf(pattern.left);
    case "RestElement":
      return namesOf(pattern.argument);
    default:
      return [];
  }
}

/** The `var`s inside a statement that is no declaration. */
function findVars(statement: Node): string[] {
  switch (statement.type) {
    case "VariableDeclaration":
      return statement.kind === "var" ? statement.declarations.flatMap(({ id }) => namesOf(id)) : [];
    case "BlockStatement":
      return statement.body.flatMap(findVars);
    case "IfStatement":
      return [statement.consequent, statement.alternate].flatMap((part) => (part === null ? [] : findVars(part)));
    case "ForStatement":
      return [statement.init, statement.body].flatMap((part) => (part === null ? [] : findVars(part)));
    case "ForInStatement":
    case "ForOfStatement":
      return [statement.left, statement.body].flatMap(findVars);
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement":
      return findVars(statement.body);
    case "SwitchStatement":
      return statement.cases.flatMap(({ consequent }) => consequent.flatMap(findVars));
    case "TryStatement":
      return [statement.block, statement.handler?.body, statement.finalizer].flatMap((part) =>
        part ? findVars(part) : [],
      );
    default:
      return [];
  }
}
