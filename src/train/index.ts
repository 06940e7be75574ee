// Training: the loop, its progress, and files of parameters.
export { DivergenceError } from "./divergence.ts";
export type { EarlyStopping } from "./earlyStopping.ts";
export type { FitEvent } from "./event.ts";
export { fit } from "./fit.ts";
export type { Fitted, Position, Resumable } from "./fitted.ts";
export type { History } from "./history.ts";
export type { PlainModel } from "./model.ts";
export type { Callbacks, Clip, FitOptions } from "./options.ts";
export { type ProgressOptions, progress } from "./progress/progress.ts";
export type { Report } from "./progress/report.ts";
export type { Sink } from "./progress/sink.ts";
export * as safetensors from "./safetensors/index.ts";
export { type LoadOptions, load } from "./safetensors/load.ts";
export { type SaveOptions, save } from "./safetensors/save.ts";
export type { Saved } from "./safetensors/saved.ts";
export type { Batched, Pair, Source } from "./source.ts";
