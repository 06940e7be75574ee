import type { Chart } from "../../../src/chart/index.ts";

/** What every chart is fed, beside what it is made for. */
export const INPUTS = [
  "empty",
  "one point",
  "not finite",
  "one class",
  "1,000 classes",
  "1,000,000 points",
  "markup",
] as const;

/** Three ends of bad input: a chart with its description, an error with its one sentence, or the reason why there is no such input. */
export type Outcome =
  | { readonly chart: () => Chart; readonly says: string | RegExp }
  | { readonly refused: () => unknown; readonly says: string }
  | { readonly none: string };

/** The rows of a family: by chart, then by input. An input may be fed in several ways: a list. */
export type BadCases = Readonly<
  Record<string, Readonly<Record<(typeof INPUTS)[number], Outcome | readonly Outcome[]>>>
>;

/** A label as an attacker would write it. */
export const MARKUP = '<script>alert(1)</script><img src=x onerror="alert(2)">';
