export { cosine, warmRestarts } from "./cosine.ts";
export { constant, exponential, inverseTime, multiStep, polynomial, step } from "./decay.ts";
export { type OneCycleOptions, oneCycle } from "./oneCycle.ts";
export { type PlateauOptions, type PlateauState, reduceOnPlateau } from "./reduceOnPlateau.ts";
export type { Schedule } from "./schedule.ts";
export { sequence, type WarmupOptions, warmup } from "./warmup.ts";
