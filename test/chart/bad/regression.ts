import { chart } from "../../../src/index.ts";
import { type BadCases, MARKUP } from "./case.ts";

export const regression: BadCases = {
  predictedActual: {
    empty: {
      refused: () => chart.predictedActual([], []),
      says: "predictedActual: at least one prediction is needed, got none.",
    },
    "one point": {
      chart: () => chart.predictedActual([1], [2]),
      says: "1 prediction of value are off by 1 on average.",
    },
    "not finite": {
      chart: () => chart.predictedActual([1, Number.NaN, 2], [1, 2, Number.POSITIVE_INFINITY]),
      says: "3 predictions of value (2 that are not finite are left out) are off by 0 on average.",
    },
    "one class": { none: "numbers have no classes" },
    "1,000 classes": { none: "numbers have no classes" },
    "1,000,000 points": { none: "drawn whole for now" },
    markup: {
      chart: () => chart.predictedActual([1, 2], [2, 3], { name: MARKUP }),
      says: /^2 predictions of <script>/,
    },
  },
};
