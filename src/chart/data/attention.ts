import { ShapeError, writeShape } from "../../tensor/shape/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toJson } from "../row.ts";
import { toCount, toText } from "../text.ts";

export interface AttentionOptions extends ChartOptions {
  /** The tokens that look, one for each row. Default their numbers, from 0. */
  queries?: readonly string[];
  /** The tokens that are looked at, one for each column. Default `queries` where there are as many. */
  keys?: readonly string[];
  /** What the heads are called. Default "head 1", "head 2", … */
  headNames?: readonly string[];
  /** Heads in a row. Default 4. */
  columns?: number;
}

export interface AttentionNumbers {
  /** For each head and query the key that gets most. */
  readonly strongest: readonly (readonly number[])[];
  /** For each head the mean over queries of the largest weight: 1 where each looks at one key alone. */
  readonly focus: readonly number[];
}

/** Cells of all heads together. */
const MOST_CELLS = 5000;

/**
 * What each query looks at: weights `[Q, K]`, or `[H, Q, K]` for several heads beside each other, on a common scale. Matrices of many cells are drawn in blocks of means.
 *
 * Options: `queries`, `keys`, `headNames`, `columns` (4), `title`, `width`, `height` (of a head).
 *
 * @example
 * chart.attention(tensor([[0.9, 0.1], [0.4, 0.6]]), { queries: ["the", "cat"] })
 * // "Attention of 2 queries to 2 keys: the largest weight of a query is 0.75 on average."
 * @throws TypeError `attention: weights must be a tensor: tensor(…) makes one.`
 * @throws ShapeError `attention: weights of shape [4] where [Q, K] or [H, Q, K] is needed.`
 * @throws RangeError `attention: 3 names do not match 2 queries.`
 */
export function attention(
  weights: Tensor,
  { queries, keys, headNames, columns = 4, title = "Attention", width, height }: AttentionOptions = {},
): Chart<AttentionNumbers> {
  if (!(weights instanceof Tensor)) throw new TypeError("attention: weights must be a tensor: tensor(…) makes one.");
  const { shape, data } = weights;
  if (shape.length !== 2 && shape.length !== 3)
    throw new ShapeError(`attention: weights of shape ${writeShape(shape)} where [Q, K] or [H, Q, K] is needed.`);
  if (shape.includes(0)) throw new ShapeError(`attention: weights of shape ${writeShape(shape)} hold no weight.`);
  const [heads, q, k] = (shape.length === 3 ? shape : [1, ...shape]) as [number, number, number];
  if (!Number.isInteger(columns) || columns < 1)
    throw new RangeError(`attention: columns must be a whole number of at least 1, got ${columns}.`);
  const names = {
    queries: toNames("queries", q, queries),
    keys: toNames("keys", k, keys ?? (q === k ? queries : undefined)),
    heads: toNames("heads", heads, headNames ?? Array.from({ length: heads }, (_, h) => `head ${h + 1}`)),
  };
  const blocks = findBlocks(heads, q, k);
  const rows = toRows(data, [heads, q, k], blocks, names.heads);
  const numbers = toNumbers(data, heads, q, k);
  const size = { width: width ?? findSide(k, heads), height: height ?? findSide(q, heads) };
  const spec = draw(rows, { names, blocks, size, columns, title, isMany: shape.length === 3 });
  return new Chart(spec, describe(numbers, [heads, q, k], blocks), numbers, rows);
}

/** How many queries and keys make one cell. */
interface Blocks {
  readonly query: number;
  readonly key: number;
}

interface Names {
  readonly queries: readonly string[];
  readonly keys: readonly string[];
  readonly heads: readonly string[];
}

function toNames(what: string, count: number, given: readonly string[] | undefined): readonly string[] {
  if (given && given.length !== count)
    throw new RangeError(`attention: ${given.length} names do not match ${count} ${what}.`);
  return given ?? Array.from({ length: count }, (_, i) => String(i));
}

function findBlocks(heads: number, q: number, k: number): Blocks {
  const side = Math.max(1, Math.floor(Math.sqrt(MOST_CELLS / heads)));
  return { query: Math.ceil(q / side), key: Math.ceil(k / side) };
}

/** The mean of each block. */
function toRows(
  data: ArrayLike<number>,
  [heads, q, k]: readonly [number, number, number],
  { query, key }: Blocks,
  headNames: readonly string[],
): { head: string; query: number; key: number; weight: number | null }[] {
  const rows = [];
  for (let head = 0; head < heads; head++)
    for (let top = 0; top < q; top += query)
      for (let left = 0; left < k; left += key) {
        let [sum, count] = [0, 0];
        for (let i = top; i < Math.min(q, top + query); i++)
          for (let j = left; j < Math.min(k, left + key); j++) {
            sum += data[(head * q + i) * k + j]!;
            count++;
          }
        const weight = toJson(Number((sum / count).toPrecision(5)));
        rows.push({ head: headNames[head]!, query: top, key: left, weight });
      }
  return rows;
}

function toNumbers(data: ArrayLike<number>, heads: number, q: number, k: number): AttentionNumbers {
  const strongest = Array.from({ length: heads }, (_, head) =>
    Array.from({ length: q }, (_, query) => {
      const at = (head * q + query) * k;
      let best = 0;
      for (let key = 1; key < k; key++) if (!(data[at + key]! <= data[at + best]!)) best = key;
      return best;
    }),
  );
  const focus = strongest.map(
    (keys, head) => keys.reduce((sum, key, query) => sum + data[(head * q + query) * k + key]!, 0) / q,
  );
  return { strongest, focus };
}

function findSide(count: number, heads: number): number {
  return heads > 1 ? Math.min(180, Math.max(90, count * 18)) : Math.min(420, Math.max(160, count * 30));
}

interface Look {
  readonly names: Names;
  readonly blocks: Blocks;
  readonly size: { readonly width: number; readonly height: number };
  readonly columns: number;
  readonly title: string;
  readonly isMany: boolean;
}

function draw(rows: readonly object[], { names, blocks, size, columns, title, isMany }: Look): Record<string, unknown> {
  // Tokens occur twice: the cells are placed by number, and the axes say what the numbers stand for.
  const axis = (tokens: readonly string[], block: number) => ({
    labelExpr: `${JSON.stringify(tokens)}[datum.value]`,
    labelOverlap: block > 1 || tokens.length > 40,
    labelLimit: 90,
    ticks: false,
    domain: false,
  });
  const angle = names.keys.some((token) => token.length > 2) ? -90 : 0;
  const unit = {
    ...size,
    mark: { type: "rect" },
    encoding: {
      x: { field: "key", type: "ordinal", title: "key", axis: { ...axis(names.keys, blocks.key), labelAngle: angle } },
      y: { field: "query", type: "ordinal", title: "query", axis: axis(names.queries, blocks.query) },
      color: {
        field: "weight",
        type: "quantitative",
        title: "weight",
        scale: { domainMin: 0 },
        legend: { gradientLength: Math.min(160, size.height) },
      },
      tooltip: [
        ...(isMany ? [{ field: "head", type: "nominal" }] : []),
        { field: "from", type: "nominal", title: "query" },
        { field: "to", type: "nominal", title: "key" },
        { field: "weight", type: "quantitative", format: ".3f" },
      ],
    },
    transform: [
      { calculate: `${JSON.stringify(names.queries)}[datum.query]`, as: "from" },
      { calculate: `${JSON.stringify(names.keys)}[datum.key]`, as: "to" },
    ],
  };
  if (!isMany) return { title, data: { values: rows }, ...unit };
  return {
    title,
    data: { values: rows },
    facet: { field: "head", type: "nominal", sort: [...names.heads], title: null },
    columns,
    spec: unit,
  };
}

function describe(
  { focus }: AttentionNumbers,
  [heads, q, k]: readonly [number, number, number],
  { query, key }: Blocks,
): string {
  const many = (n: number, one: string, more: string) => `${n.toLocaleString("en")} ${n === 1 ? one : more}`;
  const who = heads > 1 ? `${heads} heads, ` : "";
  const order = focus.map((value, head) => ({ value, head })).sort((a, b) => a.value - b.value);
  const [low, high] = [order[0]!, order.at(-1)!].map(({ value, head }) => `${toText(value)} (head ${head + 1})`);
  const strength =
    heads === 1
      ? `the largest weight of a query is ${toText(focus[0]!)} on average`
      : `the largest weight of a query is, on average, from ${low} to ${high}`;
  const drawn = query * key > 1 ? ` Drawn in blocks of ${query} × ${key}.` : "";
  return `Attention of ${who}${many(q, "query", "queries")} to ${toCount(k, "key")}: ${strength}.${drawn}`;
}
