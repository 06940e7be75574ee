import type { Run } from "./run.ts";

/** What compiled code calls `$cell`. */
export interface CellScope {
  /** How many top-level statements are behind it; the code counts. */
  completed: number;
  import(specifier: string, options?: { with?: Record<string, unknown> }): Promise<unknown>;
  meta: ImportMeta;
}

export function newCellScope(_run: Run): CellScope {
  return {
    completed: 0,
    import: (specifier) => import(specifier),
    meta: import.meta,
  };
}
