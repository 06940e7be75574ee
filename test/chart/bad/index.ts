import type { BadCases } from "./case.ts";
import { classification } from "./classification.ts";
import { data } from "./data.ts";
import { model } from "./model.ts";
import { regression } from "./regression.ts";
import { training } from "./training.ts";

export const bad: BadCases = { ...classification, ...data, ...model, ...regression, ...training };
