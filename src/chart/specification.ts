/** A Vega-Lite specification as plain JSON: valid in Vega-Lite 5.6.1, which JupyterLab draws, and in 6, which draws the picture. */
export type Specification = { [key: string]: unknown };
