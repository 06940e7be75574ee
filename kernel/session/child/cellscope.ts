import { importModule } from "./module/import.ts";
import { findMeta } from "./module/meta.ts";

/** What compiled code calls `$cell`. */
export interface CellScope {
  /** How many top-level statements are behind it; the code counts. */
  completed: number;
  /** `import()` of the cell, and its static imports. */
  import(specifier: unknown, options?: ImportCallOptions): Promise<unknown>;
  /** `import.meta` of the cell. */
  readonly meta: object;
}

export function newCellScope(): CellScope {
  return {
    completed: 0,
    import: importModule,
    get meta() {
      return findMeta();
    },
  };
}
