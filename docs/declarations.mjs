/** What a declaration file exports: names, signatures, comments. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseSync } from "oxc-parser";

/**
 * The exports of a file in its order. An entry is
 * `{ name, kind: "function" | "class" | "const" | "type" | "namespace", file, identity, signatures, comment, options, members }`;
 * a member is an entry too. Two names of one thing have one `identity`.
 */
export function findExports(file) {
  return [...readModule(file).exports].flatMap(([name, target]) => {
    const found = follow(target);
    return found === undefined ? [] : [toEntry(name, found)];
  });
}

const modules = new Map();

/** Exports and imports point at `{ file, name }`, `name` being `*` for a whole module; declarations are nodes with their comments. */
function readModule(file) {
  if (modules.has(file)) return modules.get(file);
  const text = readFileSync(file, "utf8");
  const { program, comments } = parseSync(file, text);
  const module = { file, text, comments, exports: new Map(), imports: new Map(), declared: new Map() };
  modules.set(file, module);
  for (const statement of program.body) read(module, statement);
  return module;
}

function read(module, statement) {
  const { file, exports, imports } = module;
  const there = statement.source?.value.startsWith(".")
    ? resolve(dirname(file), statement.source.value).replace(/\.ts$/, ".d.ts")
    : undefined;
  if (statement.type === "ImportDeclaration") {
    for (const { local, imported } of there === undefined ? [] : statement.specifiers)
      imports.set(local.name, { file: there, name: imported?.name ?? "*" });
  } else if (statement.type === "ExportAllDeclaration") {
    if (statement.exported) exports.set(statement.exported.name, { file: there, name: "*" });
    else for (const name of readModule(there).exports.keys()) exports.set(name, { file: there, name });
  } else if (statement.type === "ExportNamedDeclaration") {
    for (const { local, exported } of statement.specifiers)
      exports.set(exported.name, { file: there ?? file, name: local.name, isLocal: there === undefined });
    for (const name of declare(module, statement.declaration, statement))
      exports.set(name, { file, name, isLocal: true });
  } else declare(module, statement, statement);
}

function declare({ declared, text, comments }, node, { start }) {
  const names = node?.declarations?.map(({ id }) => id.name) ?? (node?.id?.name === undefined ? [] : [node.id.name]);
  for (const name of names)
    declared.set(name, [...(declared.get(name) ?? []), { node, comment: findComment(text, comments, start) }]);
  return names;
}

/** The `/** … *\/` that ends where the node begins. */
function findComment(text, comments, start) {
  const before = text.slice(0, start).trimEnd().length;
  const comment = comments.find(({ end }) => end === before);
  return comment?.value.startsWith("*") ? readComment(comment.value) : undefined;
}

/** `{ text, example, throws, see }`. */
function readComment(value) {
  const lines = value
    .slice(1)
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""));
  const [text, ...tags] = lines
    .join("\n")
    .trim()
    .split(/^@(?=\w)/m);
  const find = (tag) => tags.filter((body) => body.startsWith(tag)).map((body) => body.slice(tag.length).trim());
  return { text: toMarkdown(text), example: find("example"), throws: find("throws"), see: find("see").map(toMarkdown) };
}

function toMarkdown(text) {
  return text.replace(/\{@link (\S+?)\}/g, "`$1`").trim();
}

/** Where an export leads: a module, or a name with its declarations. */
function follow({ file, name, isLocal }) {
  const module = readModule(file);
  if (name === "*") return { module, isModule: true };
  if (!isLocal && module.exports.has(name)) {
    const next = module.exports.get(name);
    if (next.file !== file || next.name !== name) return follow(next);
  }
  if (module.declared.has(name)) return { module, name, declarations: module.declared.get(name) };
  return module.imports.has(name) ? follow(module.imports.get(name)) : undefined;
}

/** A name as it is used in a file. */
function look(module, name) {
  return follow({ file: module.file, name, isLocal: true });
}

function toEntry(name, { module, name: local, declarations, isModule }) {
  const { file } = module;
  if (isModule) return { name, kind: "namespace", file, identity: file, signatures: [], members: findExports(file) };
  const [{ node }] = declarations;
  const kind = findKind(declarations);
  const type = kind === "const" ? node.declarations[0].id.typeAnnotation?.typeAnnotation : undefined;
  return {
    name,
    kind,
    file,
    identity: `${file}#${local}`,
    signatures: declarations.map(({ node }) => writeSignature(module, node)).filter((text) => text !== undefined),
    comment: declarations.find(({ comment }) => comment !== undefined)?.comment,
    options: kind === "function" ? declarations.flatMap(({ node }) => findOptions(module, node)) : [],
    members:
      type === undefined
        ? declarations.flatMap(({ node }) => findMembers(module, node))
        : findParts(module, type).flatMap((part) => findMembers(module, part)),
  };
}

const KINDS = [
  ["TSDeclareFunction", "function"],
  ["ClassDeclaration", "class"],
  ["VariableDeclaration", "const"],
];

function findKind(declarations) {
  const types = declarations.map(({ node }) => node.type);
  return KINDS.find(([type]) => types.includes(type))?.[1] ?? "type";
}

/** `A & B` is A and B. */
function findParts(module, type) {
  return type.type === "TSIntersectionType" ? type.types.flatMap((part) => findParts(module, part)) : [type];
}

/** The members of a class, an interface, an object type, and what they inherit. */
function findMembers(module, node) {
  if (node.type === "TSModuleDeclaration") return findReexported(module, node);
  const parents = (node.extends ?? []).flatMap(({ expression, typeName }) => {
    const parent = look(module, (expression ?? typeName).name);
    return (parent?.declarations ?? []).flatMap(({ node }) => findMembers(parent.module, node));
  });
  const type = node.type === "TSTypeAliasDeclaration" ? node.typeAnnotation : node;
  const own = type.body?.body ?? type.members ?? [];
  return [...own.flatMap((member) => toMember(module, member)), ...parents];
}

/** `namespace tensor { export { zeros }; }` */
function findReexported(module, { body }) {
  const specifiers = body.body.flatMap((statement) => statement.specifiers ?? []);
  return specifiers.map(({ local, exported }) => toEntry(exported.name, look(module, local.name)));
}

function toMember(module, member) {
  const name = member.key?.name;
  const isHidden = name === undefined || member.key.type === "PrivateIdentifier" || name === "constructor";
  if (isHidden || member.accessibility === "private") return [];
  const type = member.typeAnnotation?.typeAnnotation;
  if (type?.type === "TSTypeQuery" && type.exprName.type === "Identifier") {
    const found = look(module, type.exprName.name);
    if (found?.declarations !== undefined) return [toEntry(name, found)];
  }
  return [
    {
      name,
      kind: member.type === "TSMethodSignature" || type?.type === "TSFunctionType" ? "method" : "property",
      file: module.file,
      identity: `${module.file}#${member.start}`,
      signatures: [write(module, member).replace(/;$/, "")],
      comment: findComment(module.text, module.comments, member.start),
      options: [],
      members: [],
    },
  ];
}

/** The members of the last argument, if it is made of options: `options?: FocalOptions`, `{ lr }?: AdamOptions`, `options?: O`. */
function findOptions(module, node) {
  const last = node.params?.at(-1);
  const isOptions = last !== undefined && (last.optional || last.type === "ObjectPattern" || last.name === "options");
  if (!isOptions || last.typeAnnotation == null) return [];
  const bounds = new Map(node.typeParameters?.params.map(({ name, constraint }) => [name.name, constraint]));
  return findParts(module, last.typeAnnotation.typeAnnotation).flatMap((type) => unfold(module, type, bounds));
}

function unfold(module, type, bounds = new Map()) {
  if (type?.type === "TSIntersectionType") return type.types.flatMap((part) => unfold(module, part, bounds));
  if (type?.type === "TSTypeLiteral") return findMembers(module, type);
  if (type?.type !== "TSTypeReference") return [];
  const { name } = type.typeName;
  if (bounds.get(name)) return unfold(module, bounds.get(name));
  const found = look(module, name);
  return (found?.declarations ?? []).flatMap(({ node }) =>
    node.type === "TSTypeAliasDeclaration"
      ? unfold(found.module, node.typeAnnotation)
      : node.type === "TSInterfaceDeclaration"
        ? findMembers(found.module, node)
        : [],
  );
}

const WIDTH = 110;

/** A declaration without its body. */
function writeSignature(module, node) {
  const { type, id, typeParameters, params, returnType } = node;
  const generic = typeParameters ? write(module, typeParameters) : "";
  if (type === "TSDeclareFunction") {
    const [head, result] = [`${id.name}${generic}`, write(module, returnType)];
    const list = params.map((param) => write(module, param));
    const line = `${head}(${list.join(", ")})${result}`;
    return line.length <= WIDTH ? line : `${head}(\n${list.map((param) => `  ${param},\n`).join("")})${result}`;
  }
  if (type === "TSTypeAliasDeclaration") return `type ${id.name}${generic} = ${write(module, node.typeAnnotation)}`;
  if (type === "ClassDeclaration") return `class ${id.name}${generic}${writeParent(module, node)}`;
  if (type === "TSInterfaceDeclaration") return `interface ${id.name}${generic}`;
  return undefined;
}

function writeParent(module, { superClass }) {
  return superClass ? ` extends ${write(module, superClass)}` : "";
}

function write({ text }, { start, end }) {
  return text.slice(start, end);
}
