/**
 * A copy of the runtime's declarations in which a tensor has no shape in its type: what they would be in a library that leaves shapes to the runtime.
 * Names, comments, options, layers' parameters and trees stay.
 *
 *   `Tensor<…>`, `Both<…>`                        → `Tensor`
 *   `target: T & Match<…>`                        → `target: T`: no conditions on arguments
 *   `<T extends Tensor, const X extends number>`  → nothing, and the bound wherever the parameter stood
 *   `Layer<LinearFlow<I, O>, P, S>`               → `Layer<any, P, S>`: nothing flows
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";

/** Writes the copy. */
export function writeUnshaped(from, to) {
  for (const file of readdirSync(from, { recursive: true }).filter((file) => file.endsWith(".d.ts"))) {
    const text = readFileSync(join(from, file), "utf8");
    const edits = [];
    erase(parseSync(file, text).program, { text, edits, bounds: new Map(), isArgument: false });
    mkdirSync(dirname(join(to, file)), { recursive: true });
    writeFileSync(join(to, file), apply(text, edits));
  }
}

/** Bounds of parameters that are there for shapes alone. */
const SHAPED =
  /^(Tensor|Shape|Size|Operand|AxisOption|Nested|Pair|Reduction|number( \| (undefined|Shape))?|readonly (number|Tensor)\[\]|\w+Options)$/;

const FUNCTIONS = ["TSDeclareFunction", "TSMethodSignature", "TSEmptyBodyFunctionExpression", "TSFunctionType"];

function erase(node, context) {
  if (Array.isArray(node)) for (const each of node) erase(each, context);
  if (typeof node?.type !== "string") return;
  const next = FUNCTIONS.includes(node.type) ? eraseParameters(node, context) : context;
  const text = replace(node, next);
  if (text !== undefined) next.edits.push({ start: node.start, end: node.end, text });
  else
    for (const [key, child] of Object.entries(node))
      erase(child, key === "params" || node.type === "TSPropertySignature" ? { ...next, isArgument: true } : next);
}

/** What stands for a node, or nothing: then for its parts. */
function replace(node, { text, bounds, isArgument }) {
  if (node.type === "TSIntersectionType" && isArgument) {
    const [first] = node.types;
    return print(first, { text, bounds, isArgument, edits: [] });
  }
  if (node.type !== "TSTypeReference") return undefined;
  const name = text.slice(node.typeName.start, node.typeName.end);
  if (bounds.has(name)) return bounds.get(name);
  if (/(^|\.)Tensor$/.test(name)) return name;
  if (name === "Both") return "Tensor";
  if (name !== "Layer" || !node.typeArguments) return undefined;
  const [, ...rest] = node.typeArguments.params.map((each) => print(each, { text, bounds, isArgument, edits: [] }));
  return `Layer<${["any", ...rest].join(", ")}>`;
}

/** The type parameters of a function that go, with what takes their place. */
function eraseParameters({ typeParameters }, context) {
  if (!typeParameters) return context;
  const { text, edits } = context;
  const bounds = new Map(context.bounds);
  const kept = [];
  for (const parameter of typeParameters.params) {
    const bound = parameter.constraint && text.slice(parameter.constraint.start, parameter.constraint.end);
    if (bound !== null && SHAPED.test(bound))
      bounds.set(parameter.name.name, bound.includes(" ") ? `(${bound})` : bound);
    else kept.push(text.slice(parameter.start, parameter.end));
  }
  const { start, end } = typeParameters;
  edits.push({ start, end, text: kept.length > 0 ? `<${kept.join(", ")}>` : "" });
  return { ...context, bounds };
}

function print(node, context) {
  erase(node, context);
  return apply(context.text, context.edits, node.start, node.end);
}

/** Edits within a range; what lies inside another edit is void. */
function apply(text, edits, from = 0, to = text.length) {
  let out = "";
  let at = from;
  for (const { start, end, text: replacement } of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at) continue;
    out += text.slice(at, start) + replacement;
    at = end;
  }
  return out + text.slice(at, to);
}
