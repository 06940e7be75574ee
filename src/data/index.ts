export { type Batches, type BatchOptions, batches } from "./batches.ts";
export { type About, Dataset } from "./dataset.ts";
export { type HousePricesOptions, housePrices } from "./generate/housePrices.ts";
export type { Randomness } from "./randomness.ts";
export type { Part } from "./rows.ts";
export { type Split, type SplitOptions, split } from "./split.ts";
export { Scaler, standardize } from "./standardize.ts";
export type { Stratify } from "./strata.ts";
