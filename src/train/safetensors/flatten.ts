import { Tensor } from "../../tensor/tensor.ts";
import type { Saved } from "./saved.ts";

/** A tree as a file can hold it: its tensors by dotted name, and its form with everything else as JSON. */
export interface Flat {
  readonly tensors: { readonly [name: string]: Tensor };
  readonly form: string;
}

/** `{ layers: [{ weight }] }` has the tensor `layers.0.weight`; a tensor alone is called `tensor`. */
export function flatten(tree: unknown): Flat {
  const found = new Map<string, Tensor>();
  const walk = (node: unknown, path: string): unknown => {
    if (node instanceof Tensor) {
      const name = path || "tensor";
      if (found.has(name)) throw new TypeError(`save: two tensors are called ${name}.`);
      found.set(name, node);
      return ["tensor"];
    }
    if (typeof node === "number") return Number.isFinite(node) && !Object.is(node, -0) ? node : ["number", write(node)];
    if (typeof node === "string" || typeof node === "boolean" || node === null) return node;
    const inside = (key: string | number) => (path === "" ? String(key) : `${path}.${key}`);
    if (Array.isArray(node)) return ["list", ...node.map((each, i) => walk(each, inside(i)))];
    if (typeof node !== "object")
      throw new TypeError(`save: ${path || "the tree"} is a ${typeof node}, which a file cannot hold.`);
    return Object.fromEntries(
      Object.entries(node)
        .filter(([, each]) => each !== undefined)
        .map(([key, each]) => [key, walk(each, inside(key))]),
    );
  };
  const form = JSON.stringify(walk(tree, ""));
  return { tensors: Object.fromEntries(found), form };
}

/** The tree of a file that {@link flatten} made. */
export function unflatten(tensors: { readonly [name: string]: Tensor }, form: string): Saved {
  const walk = (node: unknown, path: string): Saved => {
    const inside = (key: string | number) => (path === "" ? String(key) : `${path}.${key}`);
    if (Array.isArray(node)) {
      const [kind, ...parts] = node as [string, ...unknown[]];
      if (kind === "list") return parts.map((each, i) => walk(each, inside(i)));
      if (kind === "number") return Number(parts[0]);
      const name = path || "tensor";
      if (!Object.hasOwn(tensors, name))
        throw new TypeError(`load: the file lacks the tensor ${name} that its form has.`);
      return tensors[name]!;
    }
    if (typeof node !== "object" || node === null) return node as Saved;
    return Object.fromEntries(Object.entries(node).map(([key, each]) => [key, walk(each, inside(key))]));
  };
  return walk(JSON.parse(form), "");
}

/**
 * The tree that the names of a foreign file mean: `0.weight`, `2.weight` is a list of layers in which the second has no parameters.
 */
export function toTree(tensors: { readonly [name: string]: Tensor }): Saved {
  const top = new Map<string, Tensor | Node>();
  for (const [name, tensor] of Object.entries(tensors)) {
    const keys = name.split(".");
    let node: Node = top;
    for (const key of keys.slice(0, -1)) {
      const next = node.get(key) ?? new Map();
      // a tensor that is also a folder: the names are not meant as paths
      if (next instanceof Tensor) return tensors;
      node.set(key, next);
      node = next;
    }
    const last = keys.at(-1)!;
    if (node.has(last)) return tensors;
    node.set(last, tensor);
  }
  return toPlain(top);
}

type Node = Map<string, Tensor | Node>;

/** Longer lists than this with gaps are names, not places. */
const GAPS = 1000;

function toPlain(node: Tensor | Node): Saved {
  if (node instanceof Tensor) return node;
  const keys = [...node.keys()];
  const places = keys.map(Number);
  const isList =
    keys.length > 0 && keys.every((key) => /^(0|[1-9]\d{0,5})$/.test(key)) && Math.max(...places) < keys.length + GAPS;
  if (!isList) return Object.fromEntries([...node].map(([key, each]) => [key, toPlain(each)]));
  return Array.from({ length: Math.max(...places) + 1 }, (_, i) => {
    const each = node.get(String(i));
    return each === undefined ? {} : toPlain(each);
  });
}

function write(n: number): string {
  return Object.is(n, -0) ? "-0" : String(n);
}
