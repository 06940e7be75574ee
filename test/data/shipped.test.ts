import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, expectTypeOf, test } from "vitest";
import { readNumbers } from "../../src/data/shipped/classes.ts";
import { readShipped } from "../../src/data/shipped/file.ts";
import { data, type Tensor } from "../../src/index.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const folder = join(ROOT, "src/data/sets");

describe("the files", () => {
  test("have the checksums beside them, and an attribution", () => {
    const sums = readFileSync(join(folder, "SHA256SUMS"), "utf8").trim().split("\n");
    const attribution = readFileSync(join(folder, "ATTRIBUTION.md"), "utf8");
    for (const line of sums) {
      const [sum, file] = line.split("  ") as [string, string];
      const bytes = readFileSync(join(folder, file));
      expect(createHash("sha256").update(bytes).digest("hex"), file).toBe(sum);
      expect(attribution).toContain(`\`${file}\``);
    }
    const named = sums.map((line) => line.split("  ")[1]);
    expect(readdirSync(folder).sort()).toEqual(["ATTRIBUTION.md", "SHA256SUMS", ...named].sort());
  });

  test("are found from compiled code, wherever the process stands", () => {
    const url = new URL(`file://${join(ROOT, "dist/src/index.js")}`);
    const program = `import { data } from ${JSON.stringify(url)}; console.log(data.iris().length, data.digits().length)`;
    const child = spawnSync(process.execPath, ["--input-type=module", "-e", program], { cwd: "/", encoding: "utf8" });
    expect(child.stderr).toBe("");
    expect(child.stdout.trim()).toBe("150 1797");
  });

  test("a file that is not there", () => {
    expect(() => readShipped("boston", "boston.csv")).toThrow(
      "boston: src/data/sets/boston.csv is not in the package.",
    );
  });

  test("cut and malformed files name the line", () => {
    const text = "2,2,a,b\n1,2,0\n3,4,1\n";
    expect([...readNumbers("a.csv", text, 2, 2, 1).features]).toEqual([1, 2, 3, 4]);
    expect(() => readNumbers("a.csv", "2,2,a,b\n1,2,0\n", 2, 2, 1)).toThrow("a.csv: 2 lines where 3 are needed.");
    expect(() => readNumbers("a.csv", "2,2,a,b\n1,2,0\n3,4", 2, 2, 1)).toThrow(
      "a.csv: line 3 holds 2 values where 3 are needed.",
    );
    expect(() => readNumbers("a.csv", "1,x,0", 1, 2, 0)).toThrow('a.csv: line 1 holds "x", not a number.');
    expect(() => readNumbers("a.csv", "1,,0", 1, 2, 0)).toThrow('a.csv: line 1 holds "", not a number.');
  });
});

// column means as NumPy computes them from scikit-learn's own copies
describe.each([
  ["iris", data.iris({ dtype: "float64" }), [150, 4], [50, 50, 50], [5.843333333333334, 3.0573333333333337]],
  ["wine", data.wine({ dtype: "float64" }), [178, 13], [59, 71, 48], [13.00061797752809, 2.3363483146067416]],
  [
    "breastCancer",
    data.breastCancer({ dtype: "float64" }),
    [569, 30],
    [212, 357],
    [14.127291739894552, 19.289648506151142],
  ],
  [
    "digits",
    data.digits({ dtype: "float64" }),
    [1797, 64],
    [178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
    [0, 0.30383973],
  ],
  ["penguins", data.penguins({ dtype: "float64", missing: "drop" }), [342, 4], [151, 68, 123], [43.92193, 17.15117]],
] as const)("%s", (_, set, shape, counts, means) => {
  test("has its shape, classes and means", () => {
    expect(set.features.shape).toEqual(shape);
    expect(set.target.shape).toEqual([shape[0]]);
    expect(set.target.dtype).toBe("int32");
    expect(counts.map((_, label) => set.target.data.filter((n) => n === label).length)).toEqual(counts);
    const found = (set.features as Tensor).mean(0).data;
    means.forEach((mean, i) => {
      expect(found[i]).toBeCloseTo(mean, 5);
    });
  });

  test("says what it is", () => {
    expect(set.featureNames).toHaveLength(shape[1]);
    expect(set.classNames).toHaveLength(counts.length);
    expect(set.license).toMatch(/^CC(0 1\.0| BY 4\.0)$/);
    expect(set.source).toMatch(/doi 10\./);
    expect(set.toString()).toContain(`features [${shape.join(", ")}]`);
  });
});

test("penguins keep their gaps unless told otherwise", () => {
  const { features } = data.penguins();
  const gaps = [...features.data].flatMap((n, i) => (Number.isNaN(n) ? [Math.floor(i / 4)] : []));
  expect(gaps).toEqual([3, 3, 3, 3, 339, 339, 339, 339]);
  expect(data.penguinRecords()).toHaveLength(344);
  expect(data.penguinRecords().filter(({ Sex }) => Sex === null)).toHaveLength(11);
});

test("nobody changes the numbers of the next one", () => {
  (data.iris().features.data as Float32Array).fill(0);
  expect(data.iris().features.data[0]).toBeCloseTo(5.1, 6);
});

test("the checker knows the shapes", () => {
  expectTypeOf(data.iris().features).toEqualTypeOf<Tensor<readonly [150, 4]>>();
  expectTypeOf(data.iris().target).toEqualTypeOf<Tensor<readonly [150]>>();
  expectTypeOf(data.wine().features.shape).toEqualTypeOf<readonly [178, 13]>();
  expectTypeOf(data.breastCancer().features.shape).toEqualTypeOf<readonly [569, 30]>();
  expectTypeOf(data.digits().features.shape).toEqualTypeOf<readonly [1797, 64]>();
  expectTypeOf(data.penguins().features.shape).toEqualTypeOf<readonly [344, 4]>();
  expectTypeOf(data.penguins({ missing: "drop" }).features.shape).toEqualTypeOf<readonly [342, 4]>();
  // @ts-expect-error: no such option
  data.iris({ dtypes: "float64" });
});

test("shown in a notebook: the sentence, and a table of the first rows", () => {
  const display = (data.iris() as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]!.call(data.iris());
  expect(display["text/plain"]).toBe(
    "iris: features [150, 4], target [150] of 3 classes (setosa, versicolor, virginica)",
  );
  expect(display["text/html"]).toContain("<th>sepal length (cm)</th>");
  expect(display["text/html"]).toContain("<td>5.1</td><td>3.5</td><td>1.4</td><td>0.2</td><td>setosa</td>");
  expect(display["text/html"]).toContain("… 142 more rows");
});
