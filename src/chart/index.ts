/** Charts as Vega-Lite specifications. */
export { Chart, type ChartOptions } from "./chart.ts";
export * from "./classification/index.ts";
export { column, layer, row } from "./compose.ts";
export * from "./data/index.ts";
export * from "./model/index.ts";
export * from "./regression/index.ts";
export * from "./table.ts";
export * from "./training/index.ts";
