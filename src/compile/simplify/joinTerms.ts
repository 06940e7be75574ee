import type { OpName } from "../../op/signature.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { type Shape, sameShape, sizeOf } from "../../tensor/shape/shape.ts";
import { type Graph, inOrder, type Node, type Operation } from "../graph.ts";
import { asOp, Builder } from "./builder.ts";

/** Terms of a sum that are one node together, made of the nodes that they were made of. */
type Join = (terms: readonly Operation[], build: Builder, from: (node: Node) => Node) => Node;

interface Kind {
  readonly op: OpName;
  /** Terms of the same key can be joined; nothing: not this one. */
  key(term: Operation, sum: Operation): string | undefined;
  readonly join: Join;
}

/**
 * Long sums, as the gradient of a loop leaves them behind, term by term over the whole memory: parts that lie side by side are joined instead of padded and added; of
 * products and of sums the summed axes are laid end to end, so that one product, one sum does it all.
 *
 * `pad(a) + pad(b) = concat(a, b)`, `AᵀB + CᵀD = [A; C]ᵀ [B; D]`, `Σ a + Σ b = Σ [a; b]`.
 */
export function joinTerms(graph: Graph): Graph {
  const order = inOrder(graph.outputs);
  const users = new Map<Node, Node[]>();
  for (const node of order)
    if (node.kind === "op") for (const input of node.inputs) users.set(input, [...(users.get(input) ?? []), node]);
  const outputs = new Set(graph.outputs);
  const isOnce = (node: Node) => !outputs.has(node) && users.get(node)?.length === 1;
  const isInner = (node: Node) => isOnce(node) && isPart(node, users.get(node)![0]!);
  const build = new Builder([], new Map());
  const made = new Map<Node, Node>();
  const from = (node: Node) => made.get(node)!;
  for (const node of order) {
    const sum = !isInner(node) && findTerms(node, isInner);
    made.set(node, (sum && joinAll(node as Operation, sum, isOnce, build, from)) || copy(node, build, from));
  }
  return { inputs: graph.inputs, outputs: graph.outputs.map(from) };
}

function copy(node: Node, build: Builder, from: (node: Node) => Node): Node {
  if (node.kind !== "op") return node.kind === "constant" ? build.constant(node) : node;
  return build.op(node.op, node.inputs.map(from), node.attrs as never);
}

/** An addition whose result is only added to something else of its shape. */
function isPart(node: Node, user: Node): boolean {
  return asOp(node, "add") !== undefined && asOp(user, "add") !== undefined && isAlike(node, user);
}

function isAlike(a: Node, b: Node): boolean {
  return a.dtype === b.dtype && sameShape(a.shape, b.shape);
}

/** What a chain of additions adds up, first to last. */
function findTerms(node: Node, isInner: (node: Node) => boolean): Node[] | undefined {
  if (!asOp(node, "add")) return undefined;
  const terms: Node[] = [];
  const stack: Node[] = [node];
  while (stack.length > 0) {
    const next = stack.pop()!;
    const sum = next === node || isInner(next) ? asOp(next, "add") : undefined;
    if (sum === undefined) terms.push(next);
    else stack.push(...[...sum.inputs].reverse());
  }
  return terms.every((term) => isAlike(term, node)) ? terms : undefined;
}

function joinAll(
  sum: Operation,
  terms: readonly Node[],
  isOnce: (node: Node) => boolean,
  build: Builder,
  from: (node: Node) => Node,
): Node | undefined {
  const groups = new Map<string, { kind: Kind; terms: Operation[] }>();
  const rest: Node[] = [];
  for (const term of terms) {
    const kind = term.kind === "op" ? kinds.find(({ op }) => op === term.op) : undefined;
    // a padded part that is needed elsewhere too is joined as well: that costs no more than to pad it
    const key = kind?.op === "pad" || isOnce(term) ? kind?.key(term as Operation, sum) : undefined;
    if (kind === undefined || key === undefined) rest.push(term);
    else {
      const group = groups.get(`${kind.op} ${key}`) ?? { kind, terms: [] };
      groups.set(`${kind.op} ${key}`, group);
      group.terms.push(term as Operation);
    }
  }
  const joined = [...groups.values()].filter((group) => group.terms.length > 1);
  const plain = countEqual([...rest]);
  if (joined.length === 0 && plain.length === rest.length) return undefined;
  const single = [...groups.values()].filter((group) => group.terms.length === 1).map((group) => group.terms[0]!);
  const times = (node: Node, n: number) =>
    n === 1 ? from(node) : build.op("mul", [from(node), build.scalar(n, node.dtype)], {});
  return [
    ...plain.map(([node, n]) => times(node, n)),
    ...single.map(from),
    ...joined.map(({ kind, terms: together }) => kind.join(together, build, from)),
  ].reduce((a, b) => build.op("add", [a, b], {}));
}

/** Terms that are there several times: `x + x = 2 x`. Whole numbers of int32 stay as they are. */
function countEqual(terms: readonly Node[]): (readonly [Node, number])[] {
  const counts = new Map<Node, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return [...counts].flatMap(([term, n]) =>
    isFloat(term.dtype) ? [[term, n] as const] : Array.from({ length: n }, () => [term, 1] as const),
  );
}

const kinds: readonly Kind[] = [
  {
    op: "pad",
    key: (term, sum) => {
      const axis = findPaddedAxis(term);
      return axis === undefined || !sameShape(term.shape, sum.shape) ? undefined : String(axis);
    },
    join: joinPads,
  },
  {
    op: "matmul",
    key: ({ inputs, attrs, shape }) => {
      const [a, b] = inputs as readonly [Node, Node];
      // laid end to end the matrices are copied once; it pays where they are smaller than the products that need not be added
      if (shape.length !== 2 || a.dtype !== b.dtype || sizeOf(a.shape) + sizeOf(b.shape) > 2 * sizeOf(shape))
        return undefined;
      return JSON.stringify(attrs);
    },
    join: (terms, build, from) => {
      const { transposeA, transposeB } = terms[0]!.attrs as { transposeA: boolean; transposeB: boolean };
      const line = (i: number, axis: number) =>
        build.op(
          "concat",
          terms.map(({ inputs }) => from(inputs[i]!)),
          { axis },
        );
      const inputs = [line(0, transposeA ? 0 : 1), line(1, transposeB ? 1 : 0)];
      return build.op("matmul", inputs, { transposeA, transposeB });
    },
  },
  {
    op: "sum",
    key: ({ inputs: [x], attrs }) => {
      const { axes } = attrs as { readonly axes: readonly number[] };
      return axes[0] === 0 ? `${JSON.stringify(attrs)} ${x!.dtype} ${x!.shape.slice(1)}` : undefined;
    },
    join: (terms, build, from) => {
      const whole = build.op(
        "concat",
        terms.map(({ inputs }) => from(inputs[0]!)),
        { axis: 0 },
      );
      return build.op("sum", [whole], terms[0]!.attrs as never);
    },
  },
];

interface Padding {
  readonly start: readonly number[];
  readonly step: readonly number[];
  readonly shape: Shape;
  readonly value: number;
}

/** The one axis along which zeros are put around, if there is one. */
function findPaddedAxis({ inputs: [x], attrs }: Operation): number | undefined {
  const { start, step, shape, value } = attrs as Padding;
  const axes = shape.flatMap((n, axis) => (n === x!.shape[axis] && start[axis] === 0 ? [] : [axis]));
  return value === 0 && axes.length === 1 && step.every((each) => each === 1) ? axes[0] : undefined;
}

/** Parts of a line, and zeros between them; parts that overlap begin another line. */
function joinPads(terms: readonly Operation[], build: Builder, from: (node: Node) => Node): Node {
  const axis = findPaddedAxis(terms[0]!)!;
  const { shape, dtype } = terms[0]!;
  const startOf = (term: Operation) => (term.attrs as Padding).start[axis]!;
  const endOf = (term: Operation) => startOf(term) + term.inputs[0]!.shape[axis]!;
  const lines: Operation[][] = [];
  for (const term of [...terms].sort((a, b) => startOf(a) - startOf(b))) {
    const free = lines.find((line) => endOf(line.at(-1)!) <= startOf(term));
    if (free === undefined) lines.push([term]);
    else free.push(term);
  }
  const zeros = (n: number) =>
    build.op("broadcastTo", [build.scalar(0, dtype)], { shape: shape.map((size, k) => (k === axis ? n : size)) });
  return lines
    .map((line): Node => {
      const parts: Node[] = [];
      let end = 0;
      for (const term of line) {
        if (startOf(term) > end) parts.push(zeros(startOf(term) - end));
        parts.push(from(term.inputs[0]!));
        end = endOf(term);
      }
      if (end < shape[axis]!) parts.push(zeros(shape[axis]! - end));
      return build.op("concat", parts, { axis });
    })
    .reduce((a, b) => build.op("add", [a, b], {}));
}
