import { Tensor } from "./tensor.ts";

/** Tensors in objects and arrays to any depth: the parameters of a model, the state of an optimizer. */
export type Tree = Tensor | readonly Tree[] | { readonly [name: string]: Tree };

/**
 * The same tree with a function of each tensor. Further trees of the same form are walked along; what is not a tensor is kept.
 *
 * @example
 * mapTree((w, g) => w.sub(g.mul(0.1)), { w: tensor([1, 2]) }, { w: tensor([10, 10]) }).w.toArray() // [0, 1]
 * @throws TypeError if a tree has another form: `Trees differ at .bias: a tensor and nothing.`
 */
export function mapTree<P extends Tree>(
  f: (first: Tensor, ...others: Tensor[]) => Tensor,
  tree: P,
  ...others: readonly P[]
): P {
  return walk((_, [first, ...rest]) => f(first!, ...rest), [tree, ...others], "") as P;
}

/** The tensors of a tree, in the order of its keys. */
export function leavesOf(tree: Tree): Tensor[] {
  const leaves: Tensor[] = [];
  walk((_, [leaf]) => leaves.push(leaf!), [tree], "");
  return leaves;
}

/** The names of the leaves, as in `.layers[0].weight`, in the order of {@link leavesOf}. */
export function pathsOf(tree: Tree): string[] {
  const paths: string[] = [];
  walk((path) => paths.push(path), [tree], "");
  return paths;
}

/** A tree of this form with other tensors, in the order of {@link leavesOf}. */
export function withLeaves<P extends Tree>(tree: P, leaves: readonly Tensor[]): P {
  let next = 0;
  return mapTree(() => leaves[next++]!, tree);
}

/** Walks trees of one form side by side and puts what `visit` returns in place of the tensors. */
function walk(visit: (path: string, leaves: Tensor[]) => unknown, trees: readonly unknown[], path: string): unknown {
  const [first] = trees;
  const other = trees.find((tree) => kind(tree) !== kind(first));
  if (trees.length > 1 && trees.some((tree) => kind(tree) !== kind(first)))
    throw new TypeError(`Trees differ at ${path || "the top"}: ${kind(first)} and ${kind(other)}.`);
  if (first instanceof Tensor) return visit(path, trees as Tensor[]);
  if (typeof first !== "object" || first === null) return first;
  const part = (key: string) => trees.map((tree) => (tree as Record<string, unknown>)[key]);
  if (Array.isArray(first)) return first.map((_, i) => walk(visit, part(String(i)), `${path}[${i}]`));
  return Object.fromEntries(Object.keys(first).map((key) => [key, walk(visit, part(key), `${path}.${key}`)]));
}

function kind(tree: unknown): string {
  if (tree instanceof Tensor) return "a tensor";
  if (Array.isArray(tree)) return `an array of ${tree.length}`;
  if (typeof tree === "object" && tree !== null) return `an object of ${Object.keys(tree).join(", ") || "nothing"}`;
  return tree === undefined ? "nothing" : `a ${typeof tree}`;
}
