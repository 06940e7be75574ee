// The rows of test/golden/loss.json as tensors, and how to call a loss with them; test/golden/README.md describes the format.
import { readFileSync } from "node:fs";
import { type DType, fromArray, mapTree, type Tensor, type Tree, tensor } from "../../src/index.ts";
import * as losses from "../../src/loss/index.ts";

interface Encoded {
  readonly shape: number[];
  readonly dtype: DType;
  readonly data: (number | string)[];
}

interface Row {
  readonly name: string;
  readonly function: string;
  readonly arguments: unknown[];
  readonly options: Record<string, unknown>;
  readonly value: unknown;
  readonly cotangent?: unknown;
  readonly gradients: unknown[];
  readonly float32?: false;
}

export type Options = Readonly<Record<string, unknown>>;

/** A row that can be run, in one dtype. */
export interface Case {
  readonly name: string;
  /** The path in the index: `mse`, `minimax.generator`. */
  readonly loss: string;
  readonly args: readonly Tree[];
  readonly options: Options;
  readonly value: Tensor;
  /** What the value is multiplied with before it is summed and differentiated. */
  readonly cotangent: Tensor;
  /** By argument; undefined where it has none. */
  readonly gradients: readonly (Tree | undefined)[];
  /** Whether float32 is enough for five digits. */
  readonly isSingle: boolean;
}

const rows: Row[] = readTable("loss");

/** The table calls the parts of the GAN losses by one name each. */
const parts: Record<string, string> = {
  minimaxDiscriminator: "minimax.discriminator",
  minimaxGenerator: "minimax.generator",
  nonSaturatingGenerator: "nonSaturating.generator",
  leastSquaresDiscriminator: "leastSquares.discriminator",
  leastSquaresGenerator: "leastSquares.generator",
  wassersteinCritic: "wasserstein.discriminator",
  wassersteinGenerator: "wasserstein.generator",
};

/** The rows of the losses in a dtype. */
export function findCases(dtype: "float32" | "float64" = "float64"): Case[] {
  return rows.map((row) => toCase(row, dtype));
}

/** A number that somebody printed: `times` our value, up to the digits that were printed. */
export interface Published extends Case {
  readonly times: number;
  readonly tolerance: number;
}

/** The rows of published.json that are losses. */
export function findPublished(): Published[] {
  return readTable<Row & { times?: number; tolerance: number }>("published")
    .filter((row) => !row.function.includes("."))
    .map((row) => ({
      ...toCase({ ...row, gradients: [] }, "float64"),
      times: row.times ?? 1,
      tolerance: row.tolerance,
    }));
}

function readTable<R = Row>(name: string): R[] {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), "utf8")).cases;
}

function toCase(row: Row, dtype: "float32" | "float64"): Case {
  const value = decode(row.value, dtype) as Tensor;
  return {
    name: `${row.function}: ${row.name}`,
    loss: parts[row.function] ?? row.function,
    args: row.arguments.map((argument) => decode(argument, dtype)),
    options: Object.fromEntries(Object.entries(row.options).map(([key, option]) => [key, decodeOption(option, dtype)])),
    value,
    cotangent: row.cotangent === undefined ? tensor(1, { dtype }) : (decode(row.cotangent, dtype) as Tensor),
    gradients: row.gradients.map((gradient) => (gradient === null ? undefined : decode(gradient, dtype))),
    isSingle: row.float32 !== false,
  };
}

type Loss = (...args: unknown[]) => Tensor;

/** The loss of a row, of its arguments or others. */
export function run(row: Case, args: readonly Tree[] = row.args, options: Options = {}): Tensor {
  const loss = row.loss
    .split(".")
    .reduce<unknown>((object, key) => (object as Record<string, unknown>)[key], losses) as Loss;
  const [first, ...rest] = args;
  return loss(row.loss === "gradientPenalty" ? toCritic(first!) : first, ...rest, { ...row.options, ...options });
}

/** The critic whose parameters the first argument of `gradientPenalty` holds in the table. */
function toCritic(tree: Tree): (x: Tensor) => Tensor {
  const { weight, bias, output } = tree as Record<"weight" | "bias" | "output", Tensor>;
  return (x) => x.matmul(weight.transpose()).add(bias).tanh().matmul(output);
}

/** Tensors in another dtype, labels and masks as they are. */
export function cast(tree: Tree, dtype: DType): Tree {
  return mapTree((leaf) => (leaf.dtype.startsWith("float") ? leaf.to(dtype) : leaf), tree);
}

function decode(value: unknown, dtype: "float32" | "float64"): Tree {
  if (Array.isArray(value)) return tensor(value as number[], { dtype });
  if (typeof value !== "object" || value === null) return tensor(Number(value), { dtype });
  if (!isEncoded(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, decode(v, dtype)]));
  const own = value.dtype.startsWith("float") ? dtype : value.dtype;
  return fromArray(new Float64Array(value.data.map(Number)), value.shape).to(own);
}

function decodeOption(option: unknown, dtype: "float32" | "float64"): unknown {
  return typeof option === "object" && option !== null && isEncoded(option) ? decode(option, dtype) : option;
}

function isEncoded(value: object): value is Encoded {
  return "data" in value && "shape" in value;
}
