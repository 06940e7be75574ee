import type { FoldRule } from "./value.ts";

/** How a fold begins, goes on with a value at a place, and what it comes to, as JavaScript. */
interface FoldSource {
  start(state: string): string;
  next(state: string, value: string, at: () => string): string;
  result(state: string): string;
}

/** NaN wins over every number. */
export const folds: { readonly [K in FoldRule]: FoldSource } = {
  sum: {
    start: (s) => `let ${s} = 0;`,
    next: (s, v) => `${s} += ${v};`,
    result: (s) => s,
  },
  max: extreme(">", "-Infinity"),
  min: extreme("<", "Infinity"),
  argmax: locate(">", "-Infinity"),
  argmin: locate("<", "Infinity"),
};

function extreme(beats: string, worst: string): FoldSource {
  return {
    start: (s) => `let ${s} = ${worst};`,
    next: (s, v) => `if (${v} ${beats} ${s} || ${v} !== ${v}) ${s} = ${v};`,
    result: (s) => s,
  };
}

/** The first of equal ones, the first NaN. */
function locate(beats: string, worst: string): FoldSource {
  return {
    start: (s) => `let ${s} = ${worst}, ${s}_at = 0;`,
    next: (s, v, at) =>
      `if (${v} ${beats} ${s} || (${v} !== ${v} && ${s} === ${s})) { ${s} = ${v}; ${s}_at = ${at()}; }`,
    result: (s) => `${s}_at`,
  };
}
