import type { Chart } from "../../../src/chart/index.ts";

/** Charts of the gallery by file name; the part before the first hyphen is the function it shows: `lossCurve-log`. */
export type Cases = Readonly<Record<string, () => Chart | Promise<Chart>>>;
