import type { History } from "./history.ts";

/** Where a training stands; plain numbers, so that displays can be built on it. */
export interface FitEvent<M extends string = string> {
  readonly kind: "start" | "step" | "epoch" | "end";
  /** The epoch under way, counted from 1, and how many there are to be. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps made in this epoch, and how many there are; nothing where the number of batches is not known. */
  readonly step: number;
  readonly steps: number | undefined;
  /** Steps made since the very beginning. */
  readonly totalSteps: number;
  /** The mean loss of the epoch so far; NaN before the first step. */
  readonly loss: number;
  readonly learningRate: number;
  /** What was measured after the last epoch, and its validation loss. */
  readonly metrics: { readonly [K in M]?: number };
  readonly validation: number | undefined;
  /** Steps a second, seconds since `fit` was called, and seconds that are probably left. */
  readonly rate: number;
  readonly seconds: number;
  readonly remaining: number | undefined;
  /** What the steps are made with: `214 ops → 61 on onnxruntime (cpu)`. Nothing before the first of batches that come ready. */
  readonly engine: string | undefined;
  /** All epochs so far; it grows. */
  readonly history: History<M>;
}
