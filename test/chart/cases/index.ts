import type { Cases } from "./case.ts";
import { classification } from "./classification.ts";
import { composition } from "./composition.ts";
import { dataCharts } from "./data.ts";
import { modelCharts } from "./model.ts";
import { regression } from "./regression.ts";
import { training } from "./training.ts";

export const cases: Cases = {
  ...training,
  ...classification,
  ...dataCharts,
  ...modelCharts,
  ...regression,
  ...composition,
};
