import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aq from "arquero";
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, expectTypeOf, test } from "vitest";
import { data } from "../../src/index.ts";

const houses = [
  { area: 100, rooms: 4, garden: true, price: 2, kind: "house" },
  { area: 50, rooms: 2, garden: false, price: 1.1, kind: "flat" },
  { area: 70, rooms: 3, garden: false, price: 1.4, kind: "flat" },
];

describe("fromRecords", () => {
  test("features and a number to predict", () => {
    const set = data.fromRecords(houses, { features: ["area", "garden"], target: "price", name: "houses" });
    expect(set.features.toArray()).toEqual([[100, 1], [50, 0], [70, 0]]); // biome-ignore format: a table
    expect(set.target.toArray()).toEqual([2, 1.1, 1.4].map(Math.fround));
    expect(set.featureNames).toEqual(["area", "garden"]);
    expect(String(set)).toBe("houses: features [3, 2], target [3]");
    expectTypeOf(set.features.shape).toEqualTypeOf<readonly [number, 2]>();
  });

  test("text becomes labels in alphabetical order, numbers too where they are classes", () => {
    const set = data.fromRecords(houses, { features: ["area"], target: "kind" });
    expect(set.target.toArray()).toEqual([1, 0, 0]);
    expect(set.target.dtype).toBe("int32");
    expect(set.classNames).toEqual(["flat", "house"]);
    const rooms = data.fromRecords(
      [10, 2, 10].map((rooms) => ({ x: 0, rooms })),
      { target: "rooms", classes: true },
    );
    expect(rooms.classNames).toEqual(["2", "10"]);
    expect(rooms.target.toArray()).toEqual([1, 0, 1]);
  });

  test("all columns but the target unless features are named", () => {
    const set = data.fromRecords([{ a: 1, b: 2, y: 3 }], { target: "y" });
    expect(set.featureNames).toEqual(["a", "b"]);
    expectTypeOf(set.features.shape).toEqualTypeOf<readonly [number, number]>();
  });

  test("penguins: gaps are an error, dropped or kept", () => {
    const records = data.penguinRecords();
    const options = { features: ["Body Mass (g)", "Beak Length (mm)"], target: "Species" } as const;
    expect(() => data.fromRecords(records, options)).toThrow(
      'fromRecords: record 3 has no value for "Body Mass (g)": missing can be "drop" or "keep".',
    );
    expect(data.fromRecords(records, { ...options, missing: "drop" }).length).toBe(342);
    expect(data.fromRecords(records, { ...options, missing: "keep" }).features.data[6]).toBeNaN();
    expect(() => data.fromRecords(records, { ...options, target: "Sex", missing: "keep" })).toThrow(
      'fromRecords: record 3 has no value for "Sex": missing can be "drop".',
    );
  });

  test("mistakes", () => {
    expect(() => data.fromRecords([], { target: "y" as never })).toThrow(
      "fromRecords: 0 rows where at least 1 is needed.",
    );
    // @ts-expect-error: no such column
    expect(() => data.fromRecords(houses, { features: ["are"], target: "price" })).toThrow(
      'fromRecords: there is no column "are", but area, rooms, garden, price, kind.',
    );
    expect(() => data.fromRecords(houses, { features: ["area", "kind"], target: "price" })).toThrow(
      'fromRecords: record 0, column "kind": "house" is not a number.',
    );
    expect(() =>
      data.fromRecords(
        [
          { x: 1, y: 1 },
          { x: 1, y: "a" },
        ] as { x: number; y: unknown }[],
        { target: "y" },
      ),
    ).toThrow('fromRecords: record 1, column "y": "a" is not a number.');
    expect(() => data.fromRecords([{ x: 1 }, null as never], { target: "x" })).toThrow(
      "fromRecords: record 1 is null, not an object.",
    );
    expect(() => data.fromRecords([{ x: null, y: 1 }], { target: "y", missing: "drop" })).toThrow(
      "fromRecords: each of 1 rows lacks a value.",
    );
  });
});

describe("fromTable", () => {
  test("an Arquero table, filtered", () => {
    const table = aq.table({ area: [100, 50, 70], price: [2, 1.1, 1.4], kind: ["house", "flat", "flat"] });
    const set = data.fromTable(
      table.filter((d: { area: number }) => d.area > 60),
      { features: ["area"], target: "kind" },
    );
    expect(set.features.toArray()).toEqual([[100], [70]]);
    expect(set.classNames).toEqual(["flat", "house"]);
    expectTypeOf(set.features.shape).toEqualTypeOf<readonly [number, 1]>();
  });

  // nodejs-polars is native: this is what version 0.26 hands out, bigints for Int64 and null for a gap
  test("a Polars data frame", () => {
    const series: Record<string, unknown[]> = { a: [1n, 2n, 3n], b: [0.5, null, 1.5], y: [1, 2, 3] };
    const frame = {
      columns: ["a", "b", "y"],
      height: 3,
      getColumn: (name: string) => ({ toArray: () => series[name]! }),
    };
    const set = data.fromTable(frame, { target: "y", missing: "drop" });
    expect(set.features.toArray()).toEqual([[1, 0.5], [3, 1.5]]); // biome-ignore format: a table
    expect(set.target.toArray()).toEqual([1, 3]);
  });

  test("mistakes", () => {
    expect(() => data.fromTable(5 as never, { target: "y" })).toThrow(
      "fromTable: 5 where an Arquero table or a Polars data frame is needed.",
    );
    expect(() => data.fromTable({ rows: [] } as never, { target: "y" })).toThrow(
      "fromTable: rows where an Arquero table or a Polars data frame is needed.",
    );
    expect(() => data.fromTable(aq.table({ a: ["x"], y: [1] }), { target: "y" })).toThrow(
      'fromTable: row 0, column "a": "x" is not a number.',
    );
  });
});

describe("CSV", () => {
  test("numbers, booleans, text, gaps", () => {
    expect(data.parseCsv('a,b,c,d\n1,true,x,\n-2.5e3,FALSE,"y, z",4\n')).toEqual([
      { a: 1, b: true, c: "x", d: null },
      { a: -2500, b: false, c: "y, z", d: 4 },
    ]);
  });

  test("a column is text as soon as one value is", () => {
    expect(data.parseCsv("a\n1\nx\n")).toEqual([{ a: "1" }, { a: "x" }]);
  });

  test("other delimiters, a byte order mark, empty lines, other gaps", () => {
    expect(data.parseCsv("\uFEFFa;b\r\n1;2\r\n\r\n3;NA\r\n")).toEqual([
      { a: 1, b: 2 },
      { a: 3, b: null },
    ]);
    expect(data.parseCsv("a|b\n1|-\n", { delimiter: "|", missing: ["-"] })).toEqual([{ a: 1, b: null }]);
  });

  test("what papaparse writes is read back", () => {
    const cell = fc.string({ unit: "binary-ascii" }).map((text) => `t${text.replaceAll("\r", " ")}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, fc.integer()), { minLength: 1 }), (rows) => {
        const text = Papa.unparse({ fields: ["text", "number"], data: rows }, { newline: "\n" });
        expect(data.parseCsv(text, { delimiter: "," })).toEqual(rows.map(([text, number]) => ({ text, number })));
      }),
    );
  });

  test("from a file to a data set", () => {
    const folder = mkdtempSync(join(tmpdir(), "csv-"));
    try {
      const path = join(folder, "houses.csv");
      writeFileSync(path, "area,price\n100,2.0\n50,1.1\n");
      const set = data.fromRecords(data.readCsv(path), { features: ["area"], target: "price" });
      expect(set.features.toArray()).toEqual([[100], [50]]);
      writeFileSync(path, "area,price\n100\n");
      expect(() => data.readCsv(path)).toThrow(`readCsv: ${path}, line 2 holds 1 value where 2 are needed.`);
      expect(() => data.readCsv(join(folder, "no.csv"))).toThrow("ENOENT");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("mistakes name the line, also behind quoted line breaks", () => {
    expect(() => data.parseCsv("")).toThrow("parseCsv: line 1 is empty where the names of the columns are needed.");
    expect(() => data.parseCsv("a,b\n1,2\n3\n")).toThrow("parseCsv: line 3 holds 1 value where 2 are needed.");
    expect(() => data.parseCsv('a,b\n"1\n2",2\n\n3,4,5\n')).toThrow(
      "parseCsv: line 5 holds 3 values where 2 are needed.",
    );
    expect(() => data.parseCsv("a,a\n1,2\n")).toThrow('parseCsv: line 1 names the column "a" twice.');
    expect(() => data.parseCsv('a,b\n1,2\n3,"4\n')).toThrow("parseCsv: line 3: quoted field unterminated.");
  });
});
