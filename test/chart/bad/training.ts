import { chart } from "../../../src/index.ts";
import { type BadCases, MARKUP } from "./case.ts";

export const training: BadCases = {
  lossCurve: {
    empty: {
      refused: () => chart.lossCurve({ train: [] }),
      says: "lossCurve: a history of at least one epoch is needed, got none.",
    },
    "one point": { chart: () => chart.lossCurve({ train: [0.5] }), says: "Training loss stays at 0.5 in 1 epoch." },
    "not finite": {
      chart: () => chart.lossCurve({ train: [1, Number.NaN, Number.POSITIVE_INFINITY] }),
      says: /^Training loss /,
    },
    "one class": { none: "a loss has no classes" },
    "1,000 classes": { none: "a loss has no classes" },
    "1,000,000 points": { none: "drawn whole for now" },
    markup: {
      chart: () => chart.lossCurve({ train: [1, 0.5] }, { title: MARKUP, step: MARKUP }),
      says: /^Training loss falls from 1 to 0.5 in 2 <script>/,
    },
  },
};
