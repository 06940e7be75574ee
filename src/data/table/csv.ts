export interface CsvOptions {
  /** What stands between values: found out unless given. */
  readonly delimiter?: string;
  /** What stands for a missing value, `null` in the records: nothing, NA, N/A, NaN and null unless given. */
  readonly missing?: readonly string[];
}

/** A value of a CSV file: a column is of numbers or booleans if all its values are, otherwise of text. */
export type CsvValue = number | string | boolean | null;
export type CsvRecord = Record<string, CsvValue>;

const holes = ["", "NA", "N/A", "NaN", "null"];
const decimal = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;

/**
 * Records from CSV text whose first line names the columns, read by papaparse: quotes, line breaks in quotes and other delimiters work.
 *
 * @example
 * data.parseCsv("area,price\n100,2.0\n50,1.1") // [{ area: 100, price: 2 }, { area: 50, price: 1.1 }]
 * data.fromRecords(data.parseCsv(text), { target: "price" })
 * @throws SyntaxError that names the line: `parseCsv: line 3 holds 1 value where 2 are needed.`
 */
export function parseCsv(text: string, options: CsvOptions = {}): CsvRecord[] {
  return parse("parseCsv:", text, options);
}

/**
 * Records from a CSV file; as {@link parseCsv}.
 *
 * @example
 * data.readCsv("houses.csv")[0] // { area: 100, price: 2 }
 * @throws SyntaxError `readCsv: houses.csv, line 3 holds 1 value where 2 are needed.`
 */
export function readCsv(path: string | URL, options: CsvOptions = {}): CsvRecord[] {
  const text = process.getBuiltinModule("node:fs").readFileSync(path, "utf8");
  return parse(`readCsv: ${path},`, text, options);
}

interface Line {
  readonly number: number;
  readonly cells: readonly string[];
}

function parse(where: string, text: string, options: CsvOptions): CsvRecord[] {
  const [head, ...lines] = findLines(where, text.replace(/^\uFEFF/, ""), options);
  if (!head) throw new SyntaxError(`${where} line 1 is empty where the names of the columns are needed.`);
  const names = head.cells.map((name) => name.trim());
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new SyntaxError(`${where} line ${head.number} names the column "${twice}" twice.`);
  for (const { number, cells } of lines)
    if (cells.length !== names.length)
      throw new SyntaxError(
        `${where} line ${number} holds ${cells.length} value${cells.length === 1 ? "" : "s"} where ${names.length} are needed.`,
      );
  const missing = options.missing ?? holes;
  const columns = names.map((_, i) =>
    readColumn(
      lines.map(({ cells }) => cells[i]!),
      missing,
    ),
  );
  return lines.map((_, row) => Object.fromEntries(names.map((name, i) => [name, columns[i]![row]!])));
}

/** The lines that are not empty, with their numbers in the text: a quoted value may span several. */
function findLines(where: string, text: string, { delimiter = "" }: CsvOptions): Line[] {
  const lines: Line[] = [];
  let [number, cursor] = [1, 0];
  const papaparse = loadPapaparse();
  papaparse.parse<string[]>(text, {
    // empty lines would mislead the search for the delimiter, and without them lines could not be counted
    delimiter: delimiter || papaparse.parse(text, { preview: 10, skipEmptyLines: true }).meta.delimiter,
    step: ({ data, errors, meta }) => {
      const wrong = errors.find(({ type }) => type === "Quotes");
      if (wrong) throw new SyntaxError(`${where} line ${number}: ${wrong.message.toLowerCase()}.`);
      if (data.length > 1 || data[0]!.trim() !== "") lines.push({ number, cells: data });
      number += text.slice(cursor, meta.cursor).match(/\r\n|\n|\r/g)?.length ?? 0;
      cursor = meta.cursor;
    },
  });
  return lines;
}

function readColumn(cells: readonly string[], missing: readonly string[]): CsvValue[] {
  const isMissing = (cell: string) => missing.includes(cell.trim());
  const present = cells.filter((cell) => !isMissing(cell));
  const read: (cell: string) => CsvValue = present.every((cell) => decimal.test(cell))
    ? Number
    : present.every((cell) => /^(true|false)$/i.test(cell))
      ? (cell) => cell.toLowerCase() === "true"
      : (cell) => cell;
  return cells.map((cell) => (isMissing(cell) ? null : read(cell)));
}

type Papaparse = typeof import("papaparse");
let library: Papaparse | undefined;

/** Loaded at its first use: most notebooks read no CSV. */
function loadPapaparse(): Papaparse {
  library ??= process.getBuiltinModule("node:module").createRequire(import.meta.url)("papaparse") as Papaparse;
  return library;
}
