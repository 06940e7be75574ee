/** A table as columns, whatever it was: what `toDataset` reads. */
export interface Columns {
  readonly names: readonly string[];
  readonly rows: number;
  column(name: string): ArrayLike<unknown>;
}

/** An Arquero table, as far as it is used here. */
export interface ArqueroTable {
  columnNames(): readonly string[];
  numRows(): number;
  array(name: string): ArrayLike<unknown>;
}

/** A data frame of nodejs-polars, as far as it is used here. */
export interface PolarsFrame {
  readonly columns: readonly string[];
  readonly height: number;
  getColumn(name: string): { toArray(): ArrayLike<unknown> };
}

/** The columns of an Arquero table or a Polars data frame: known by what they can do, not by their class. */
export function toColumns(name: string, table: ArqueroTable | PolarsFrame): Columns {
  if (isArquero(table))
    return { names: table.columnNames(), rows: table.numRows(), column: (column) => table.array(column) };
  if (isPolars(table))
    return { names: table.columns, rows: table.height, column: (column) => table.getColumn(column).toArray() };
  const keys = typeof table === "object" && table !== null ? Object.keys(table).join(", ") || "nothing" : String(table);
  throw new TypeError(`${name}: ${keys} where an Arquero table or a Polars data frame is needed.`);
}

/** Records as columns; a column is there if one record has it. */
export function recordsToColumns(name: string, records: readonly object[]): Columns {
  const wrong = records.findIndex((record) => typeof record !== "object" || record === null);
  if (wrong >= 0) throw new TypeError(`${name}: record ${wrong} is ${String(records[wrong])}, not an object.`);
  return {
    names: [...new Set(records.flatMap((record) => Object.keys(record)))],
    rows: records.length,
    column: (column) => records.map((record) => (record as Record<string, unknown>)[column]),
  };
}

function isArquero(table: Partial<ArqueroTable & PolarsFrame>): table is ArqueroTable {
  return (
    typeof table?.columnNames === "function" && typeof table.array === "function" && typeof table.numRows === "function"
  );
}

function isPolars(table: Partial<ArqueroTable & PolarsFrame>): table is PolarsFrame {
  return Array.isArray(table?.columns) && typeof table.height === "number" && typeof table.getColumn === "function";
}
