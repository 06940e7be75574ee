import { readFileSync } from "node:fs";

/** A text of Vega's, as far as its width goes. */
export interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: number | string;
  /** No wider than this: what is longer is cut. */
  readonly limit?: number;
}

/** How Vega measures texts. Without a canvas it takes every character for 0.8 of the font's size, which is nearly twice of what a letter needs. */
export interface TextMetrics {
  width: (item: TextItem, text: unknown) => number;
  readonly estimateWidth: TextMetrics["width"];
}

/** Vega lays out with the widths of the font that the picture is drawn in; where a canvas measures for it, that stays. */
export function measureWith(metrics: TextMetrics, regular: string, bold: string): void {
  if (metrics.width !== metrics.estimateWidth) return;
  const [usual, heavy] = [readWidths(regular), readWidths(bold)];
  metrics.width = (item, text) => {
    const width = (isBold(item) ? heavy : usual)(String(text ?? "").trim()) * (item.fontSize ?? 11);
    return item.limit !== undefined && item.limit > 0 ? Math.min(width, item.limit) : width;
  };
}

function isBold({ fontWeight = 400 }: TextItem): boolean {
  return fontWeight === "bold" || fontWeight === "bolder" || Number(fontWeight) >= 600;
}

/**
 * How wide a text is in a TrueType font, in parts of the font's size: the sum of its characters' widths. Kerning is left out: it takes away about a hundredth.
 *
 * @see the OpenType specification: tables `head`, `hhea`, `hmtx`, `cmap` format 12
 */
export function readWidths(path: string): (text: string) => number {
  const file = readFileSync(path);
  const tables = findTables(file);
  const [head, hhea, hmtx] = ["head", "hhea", "hmtx"].map((tag) => tables.get(tag)!) as [number, number, number];
  const [size, measured] = [file.readUInt16BE(head + 18), file.readUInt16BE(hhea + 34)];
  const groups = readGroups(file, tables.get("cmap")!);
  const known = new Map<string, number>();
  const find = (character: string) => {
    const code = character.codePointAt(0)!;
    const group = groups.find(({ first, last }) => first <= code && code <= last);
    // a character that the font does not have is drawn as its glyph 0
    const glyph = group ? group.glyph + code - group.first : 0;
    return file.readUInt16BE(hmtx + 4 * Math.min(glyph, measured - 1)) / size;
  };
  return (text) => {
    let width = 0;
    for (const character of text) {
      const own = known.get(character) ?? find(character);
      known.set(character, own);
      width += own;
    }
    return width;
  };
}

/** Where each table begins, by its tag. */
function findTables(file: Buffer): Map<string, number> {
  return new Map(
    Array.from({ length: file.readUInt16BE(4) }, (_, i) => {
      const at = 12 + 16 * i;
      return [file.toString("latin1", at, at + 4), file.readUInt32BE(at + 8)] as const;
    }),
  );
}

/** Characters that follow each other, and the glyph of the first. */
interface Group {
  readonly first: number;
  readonly last: number;
  readonly glyph: number;
}

function readGroups(file: Buffer, cmap: number): Group[] {
  const subtables = Array.from(
    { length: file.readUInt16BE(cmap + 2) },
    (_, i) => cmap + file.readUInt32BE(cmap + 8 + 8 * i),
  );
  const table = subtables.find((at) => file.readUInt16BE(at) === 12);
  if (table === undefined) throw new Error("textWidth: the font has no cmap of format 12.");
  return Array.from({ length: file.readUInt32BE(table + 12) }, (_, i) => {
    const at = table + 16 + 12 * i;
    return { first: file.readUInt32BE(at), last: file.readUInt32BE(at + 4), glyph: file.readUInt32BE(at + 8) };
  });
}
