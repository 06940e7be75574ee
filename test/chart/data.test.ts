/** The numbers of the charts of data are those of NumPy, scikit-learn and SciPy; pictures are read back. */
import { crc32, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { findStudent } from "../../src/chart/data/student.ts";
import { toSvg } from "../../src/chart/svg.ts";
import { chart, data, tensor, zeros } from "../../src/index.ts";
import { run } from "./run.ts";
import { findProblems } from "./validity.ts";

function expectClose(got: readonly number[], want: readonly number[]): void {
  expect(got).toHaveLength(want.length);
  got.forEach((value, i) => {
    expect(value).toBeCloseTo(want[i]!, 10);
  });
}

describe("histogram", () => {
  const values = Array.from({ length: 500 }, (_, i) => ((i * 7919) % 1000) / 137 + (i % 7) ** 2);
  const whole = Array.from({ length: 60 }, (_, i) => (i * i) % 17);

  // numpy.histogram(values, bins=…) of NumPy 2.4.6
  test.each<[Parameters<typeof chart.histogram>[1], number[]]>([
    [{ bins: "auto" }, [79, 111, 65, 45, 42, 26, 42, 19, 28, 43]],
    [{ bins: "fd" }, [92, 115, 62, 49, 40, 38, 33, 23, 48]],
    [{ bins: "scott" }, [110, 121, 58, 53, 36, 51, 17, 54]],
    [{ bins: "rice" }, [44, 66, 73, 48, 29, 29, 26, 27, 16, 20, 27, 24, 0, 17, 27, 27]],
    [{ bins: "sturges" }, [79, 111, 65, 45, 42, 26, 42, 19, 28, 43]],
    [{ bins: "sqrt" }, [27, 38, 52, 53, 33, 37, 17, 19, 20, 17, 19, 18, 8, 14, 17, 19, 19, 2, 0, 14, 19, 19, 19]],
    [{ bins: 7 }, [134, 115, 62, 47, 57, 24, 61]],
  ])("NumPy's bins: %j", (options, counts) => {
    const { numbers } = chart.histogram(values, options);
    expect(numbers.series[0]!.counts).toEqual(counts);
    expect(numbers.edges[0]).toBe(0);
    expect(numbers.edges.at(-1)).toBeCloseTo(43.29197080291971, 12);
  });

  test("NumPy's density", () => {
    expectClose(
      chart.histogram(values, { bins: 7, density: true }).numbers.series[0]!.density,
      [
        0.04333367054459619, 0.03718934412409375, 0.020049907266902717, 0.015199123250716573, 0.018432979261507335,
        0.007761254425897829, 0.019726521665823626,
      ],
    );
  });

  test("whole numbers have no bins narrower than 1, as in NumPy", () => {
    const { numbers } = chart.histogram(whole);
    expect(numbers.series[0]!.counts).toEqual([18, 7, 0, 14, 0, 7, 14]);
    expectClose(numbers.edges, [0, 16 / 7, 32 / 7, 48 / 7, 64 / 7, 80 / 7, 96 / 7, 16]);
    expect(chart.histogram([1, 2, 3, 3, 3, 3, 3, 3, 3]).numbers.edges.length - 1).toBeLessThanOrEqual(2);
  });

  test("sets share their bins; mean and median are each one's own", () => {
    const { numbers, rows } = chart.histogram({ a: [0, 1, 2], b: tensor([10, 20]) }, { bins: 4 });
    expect(numbers.edges).toEqual([0, 5, 10, 15, 20]);
    expect(numbers.series).toMatchObject([
      { name: "a", counts: [3, 0, 0, 0], mean: 1, median: 1, count: 3, left: 0 },
      { name: "b", counts: [0, 0, 1, 1], mean: 15, median: 15, count: 2, left: 0 },
    ]);
    expect(rows).toHaveLength(8);
  });

  test.each<[unknown]>([[0], [2.5], [501], ["many"]])("bins: %j are refused", (bins) => {
    expect(() => chart.histogram([1, 2], { bins: bins as never })).toThrow(
      `histogram: bins must be a whole number from 1 to 500 or one of auto, fd, scott, rice, sturges, sqrt, got ${bins}.`,
    );
  });
});

describe("scatter", () => {
  test("Pearson's correlation", () => {
    // scipy.stats.pearsonr([1, 2, 3, 4], [1, 3, 2, 5]).statistic
    expect(chart.scatter({ x: [1, 2, 3, 4], y: [1, 3, 2, 5] }).numbers.correlation).toBeCloseTo(0.8315218406202999, 12);
    expect(chart.scatter({ x: [1, 1], y: [1, 3] }).numbers.correlation).toBeNaN();
  });

  test("of many points some are drawn, and all are counted", () => {
    const x = Array.from({ length: 10_000 }, (_, i) => i);
    const { rows, numbers, description } = chart.scatter({ x, y: x });
    expect(rows).toHaveLength(2000);
    expect(numbers.count).toBe(10_000);
    expect(description).toBe("10,000 points; x and y correlate with 1. One of 5 is drawn.");
  });

  test.each<[() => unknown, string]>([
    [() => chart.scatter({ x: [1, 2, 3], y: [1, 2] }), "scatter: 3 x do not match 2 y."],
    [() => chart.scatter({ x: [1], y: [1], label: ["a", "b"] }), "scatter: 1 x do not match 2 labels."],
    [() => chart.scatter({ x: [1], y: [1], size: [1, 2] }), "scatter: 1 x do not match 2 sizes."],
    [() => chart.scatter({ x: zeros([2, 2]), y: [1, 2] }), "scatter: x of shape [2, 2] where [N] is needed."],
  ])("%s is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });

  test("lies under a line, each with its legend", async () => {
    const both = chart.layer(
      chart.scatter({ x: [0, 1, 2], y: [0, 1, 3], label: ["a", "b", "a"] }),
      chart.line({ x: [0, 1, 2], y: { fit: [0, 1.5, 3], truth: [0, 1, 2] } }),
    );
    expect(await findProblems(both.spec)).toEqual([]);
  });
});

describe("line", () => {
  test("no peak is lost, and the ends stay", () => {
    const y = new Float64Array(100_000);
    y[54_321] = 7;
    y[99_999] = 2;
    const { rows, numbers } = chart.line({ y });
    expect(rows.length).toBeLessThanOrEqual(4000);
    expect(rows.find((row) => row["x"] === 54_321)).toMatchObject({ y: 7 });
    expect(rows.at(-1)).toMatchObject({ x: 99_999, y: 2 });
    expect(numbers).toEqual([{ name: "y", count: 100_000, first: 0, last: 2, lowest: 0, highest: 7 }]);
  });

  test("a gap stays a gap", () => {
    expect(chart.line({ y: [1, Number.NaN, 3] }).rows.map((row) => row["y"])).toEqual([1, null, 3]);
  });

  test("a logarithmic axis leaves out what has no logarithm", () => {
    expect(chart.line({ x: [0, 1, 2], y: [5, -1, 3] }, { xScale: "log", yScale: "log" }).rows).toEqual([
      { series: "y", x: 2, y: 3 },
    ]);
  });

  test("one of many is chosen with a slider, or from a list", async () => {
    const degrees = chart.line({ y: { 1: [0, 1], 2: [0, 4], 3: [0, 8] } }, { choose: "degree", chosen: 2 });
    expect(degrees.description).toBe(
      "3 lines, one at a time by degree from 1 to 3; 2 goes from 0 to 4, between 0 and 4.",
    );
    expect(degrees.spec["params"]).toEqual([
      { name: "chosen", value: 2, bind: { input: "range", min: 1, max: 3, step: 1, name: "degree " } },
    ]);
    // names that are numbers come first, in their order: JavaScript's
    const names = chart.line({ y: { relu: [0, 1], "1": [0, 4], "3": [0, 8], "4": [2, 3] } }, { choose: "function" });
    expect(names.spec["params"]).toMatchObject([
      { value: "1", bind: { input: "select", options: ["1", "3", "4", "relu"] } },
    ]);
    expect(names.description).toMatch(/by function: 1, 3, 4 and relu; 1 goes from 0 to 4/);
    expect(chart.line({ y: [0, 1] }, { choose: "degree" }).spec["params"]).toBeUndefined();
    for (const each of [degrees, names, chart.layer(chart.scatter({ x: [0, 1], y: [0, 1] }), degrees)])
      expect(await findProblems(each.spec)).toEqual([]);
  });

  test("what is chosen is drawn, alone, on axes that stand still", async () => {
    const y = { 1: [0, 1], 2: [0, 40] };
    const draw = async (chosen: number) => {
      const svg = await toSvg(chart.line({ x: [0, 1], y }, { choose: "degree", chosen }).spec);
      const [line] = [...svg.matchAll(/mark-line[^>]*>(.*?)<\/g>/g)].map(([, marks]) => marks!);
      return {
        lines: line!.match(/<path/g),
        label: /degree = \d/.exec(svg)?.[0],
        axis: /axis-label.*?<\/g>/.exec(svg)?.[0],
      };
    };
    const [first, second] = [await draw(1), await draw(2)];
    expect([first.lines, second.lines]).toEqual([["<path"], ["<path"]]);
    expect([first.label, second.label]).toEqual(["degree = 1", "degree = 2"]);
    expect(first.axis).toBe(second.axis);
  });

  test("the y axis ends where it should", async () => {
    const { spec } = chart.line({ y: [0, 1, 1000] }, { yRange: [-2, 2] });
    expect((spec["layer"] as { encoding: { y: { scale: object } } }[])[0]!.encoding.y.scale).toMatchObject({
      domain: [-2, 2],
      nice: false,
    });
    expect(await findProblems(spec)).toEqual([]);
  });

  test.each<[Parameters<typeof chart.line>[1], string]>([
    [{ yRange: [2, 1] }, "line: yRange must go from a number to a larger one, got [2, 1]."],
    [{ yRange: [0, Number.NaN] }, "line: yRange must go from a number to a larger one, got [0, NaN]."],
    [{ yRange: [0, 1], yScale: "log" }, "line: a yRange from 0 cannot be drawn on a logarithmic axis."],
    [{ choose: "degree", chosen: 4 }, "line: there is no line 4 to show first; there are 1, 2 and 3."],
  ])("%j is refused", (options, sentence) => {
    expect(() => chart.line({ y: { 1: [0, 1], 2: [0, 4], 3: [0, 8] } }, options)).toThrow(sentence);
  });

  test("other lengths are refused", () => {
    expect(() => chart.line({ x: [1, 2, 3], y: { a: [1, 2] } })).toThrow("line: 3 x do not match 2 y.");
  });
});

describe("bar", () => {
  test("a bar for each name and series, with its error", () => {
    const { rows } = chart.bar({ x: ["p", "q"], y: { a: [1, 2], b: [3, 4] }, error: { a: [0.5, 0.25] } });
    expect(rows).toEqual([
      { series: "a", name: "p", value: 1, low: 0.5, high: 1.5 },
      { series: "a", name: "q", value: 2, low: 1.75, high: 2.25 },
      { series: "b", name: "p", value: 3 },
      { series: "b", name: "q", value: 4 },
    ]);
  });

  test.each<[() => unknown, string]>([
    [() => chart.bar({ x: ["a"], y: [1, 2] }), "bar: 1 names do not match 2 values."],
    [() => chart.bar({ x: ["a"], y: [1], error: [1, 2] }), "bar: 1 names do not match 2 errors."],
    [() => chart.bar({ x: ["a", "a"], y: [1, 2] }), 'bar: the name "a" stands twice.'],
    [() => chart.bar({ x: ["a"], y: { p: [1] }, error: { q: [1] } }), 'bar: errors of "q", which is not one of p.'],
  ])("%s is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

describe("errorBars", () => {
  const runs = [
    [1, 10],
    [2, 12],
    [4, 17],
  ];

  // NumPy: mean ± std(ddof=1), ± that over √3, ± scipy.stats.t.ppf(0.975, 2) times that
  test.each<["std" | "sem" | "ci" | "range", [number, number], [number, number]]>([
    ["std", [0.8058081, 9.3944487], [3.8608586, 16.6055513]],
    ["sem", [1.4514162, 10.918334], [3.2152504, 15.081666]],
    ["ci", [-1.4612497, 4.0433142], [6.1279164, 21.9566858]],
    ["range", [1, 10], [4, 17]],
  ])("%s", (error, low, high) => {
    const [numbers] = chart.errorBars({ y: runs }, { error }).numbers;
    expectMatch(numbers!.mean, [7 / 3, 13]);
    expectMatch(numbers!.low, low);
    expectMatch(numbers!.high, high);
    expect(numbers!.x).toEqual([1, 2]);
  });

  function expectMatch(got: readonly number[], want: readonly number[]): void {
    got.forEach((value, i) => {
      expect(value).toBeCloseTo(want[i]!, 5);
    });
  }

  test("Student's quantiles are SciPy's", () => {
    // scipy.stats.t.ppf(0.975, [1, 10, 11, 20, 100])
    const want = [12.706204736432095, 2.2281388519649385, 2.200985160091639, 2.085963447265864, 1.9839715185235518];
    [1, 10, 11, 20, 100].forEach((freedom, i) => {
      expect(findStudent(freedom)).toBeCloseTo(want[i]!, 4);
    });
  });

  test("a run that failed does not count where it did", () => {
    const [numbers] = chart.errorBars({
      y: [
        [1, 2],
        [3, Number.NaN],
      ],
    }).numbers;
    expect(numbers).toMatchObject({ mean: [2, 2], runs: [2, 1], low: [2 - Math.SQRT2, 2] });
  });

  test.each<[() => unknown, string]>([
    [
      () => chart.errorBars({ y: runs }, { error: "sd" as never }),
      'errorBars: error must be "std", "sem", "ci" or "range", got "sd".',
    ],
    [
      () => chart.errorBars({ y: runs }, { style: "box" as never }),
      'errorBars: style must be "band", "bars" or "both", got "box".',
    ],
    [() => chart.errorBars({ x: [1, 2, 3], y: runs }), "errorBars: 3 x do not match 2 columns."],
  ])("%s is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

describe("imageGrid", () => {
  const urls = ({ spec }: { spec: Record<string, unknown> }) =>
    (spec["data"] as { values: { url: string }[] }).values.map(({ url }) => url);

  test("grey pixels, enlarged in blocks, from the lowest value to the highest", () => {
    const made = chart.imageGrid(
      tensor([
        [
          [0, 4],
          [2, 1],
        ],
      ]),
      { size: 8 },
    );
    const { width, height, colour, rows } = readPng(urls(made)[0]!);
    expect([width, height, colour]).toEqual([16, 16, 0]);
    expect([rows[0]![0], rows[0]![15], rows[15]![0], rows[15]![15], rows[7]![7], rows[8]![8]]).toEqual([
      0, 255, 128, 64, 0, 64,
    ]);
  });

  test("channels stand together in a pixel", () => {
    const { colour, rows } = readPng(urls(chart.imageGrid(tensor([[[[1]], [[0.5]], [[0]]]]), { size: 8 }))[0]!);
    expect(colour).toBe(2);
    expect([...rows[0]!.slice(0, 6)]).toEqual([255, 128, 0, 255, 128, 0]);
  });

  test("large images are shown by means", () => {
    const large = tensor(Array.from({ length: 64 * 64 }, (_, i) => (i % 2) * 255)).reshape([1, 64, 64]);
    const { width, rows } = readPng(urls(chart.imageGrid(large, { size: 16 }))[0]!);
    expect(width).toBe(32);
    expect(new Set(rows.flatMap((row) => [...row]))).toEqual(new Set([128]));
  });

  test.each<[number[], readonly [number, number]]>([
    [
      [0, 0.5, 1],
      [0, 1],
    ],
    [
      [0, 100, 200],
      [0, 255],
    ],
    [
      [-1, 0, 2],
      [-1, 2],
    ],
  ])("the range of colours %j is %j", (pixel, range) => {
    expect(chart.imageGrid(tensor(pixel).reshape([1, 3, 1, 1])).numbers.range).toEqual(range);
  });

  test("values outside a given range are counted", () => {
    const { numbers, description } = chart.imageGrid(tensor([[[-1, 0, 1, 2]]]), { range: [0, 1] });
    expect(numbers.clipped).toBe(0.5);
    expect(description).toBe("1 image of 4 × 1 pixels, grey from 0 to 1. 50% of the values lie outside.");
  });

  test("the bytes of an image are not its accessible name", async () => {
    const view = await run(chart.imageGrid(zeros([1, 2, 2]), { captions: ["seven"] }).spec);
    const labels = [...(await view.svg()).matchAll(/<image aria-label="([^"]*)"/g)].map(([, label]) => label);
    expect(labels).toEqual(["seven"]);
  });

  test.each<[() => unknown, string]>([
    [
      () => chart.imageGrid(zeros([64])),
      "imageGrid: images of shape [64] where [N, H, W] or [N, C, H, W] with 1 or 3 channels is needed.",
    ],
    [
      () => chart.imageGrid(zeros([1, 2, 4, 4])),
      "imageGrid: images of shape [1, 2, 4, 4] where [N, H, W] or [N, C, H, W] with 1 or 3 channels is needed.",
    ],
    [() => chart.imageGrid(zeros([2, 4, 4]), { captions: [1] }), "imageGrid: 1 captions do not match 2 images."],
    [
      () => chart.imageGrid(zeros([2, 4, 4]), { limit: 0 }),
      "imageGrid: limit must be a whole number from 1 to 400, got 0.",
    ],
    [
      () => chart.imageGrid(zeros([2, 4, 4]), { size: 7 }),
      "imageGrid: size must be a whole number from 8 to 400, got 7.",
    ],
    [
      () => chart.imageGrid(zeros([2, 4, 4]), { columns: 1.5 }),
      "imageGrid: columns must be a whole number from 1 to 400, got 1.5.",
    ],
    [() => chart.imageGrid(zeros([2, 4, 4]), { range: [1, 1] }), "imageGrid: range must rise, got [1, 1]."],
  ])("%s is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

describe("embedding", () => {
  test("scikit-learn's PCA of the irises", () => {
    const { features, target } = data.iris({ dtype: "float64" });
    const { numbers } = chart.embedding(features, target);
    expectClose(numbers.explained!, [0.9246187232017341, 0.05306648311706383]);
    expectClose(
      numbers.components![0],
      [0.36138659178536503, -0.08452251406457323, 0.8566706059498357, 0.3582891971515514],
    );
    expectClose(
      numbers.components![1],
      [0.6565887712868267, 0.7301614347850441, -0.17337266279585187, -0.0754810199174412],
    );
    expectClose(
      [...numbers.points.slice(0, 4)],
      [-2.6841256259695383, 0.31939724658508517, -2.7141416872943243, -0.1770012250648012],
    );
  });

  test("points of two dimensions stay where they are", () => {
    const { numbers, rows } = chart.embedding([
      [1, 2],
      [3, 4],
    ]);
    expect(numbers).toMatchObject({ explained: undefined, components: undefined });
    expect(rows).toEqual([
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ]);
  });

  test("a row that is not finite has no say", () => {
    const three = [
      [1, 2, 3],
      [4, 0, 1],
      [2, 2, 7],
    ];
    const { numbers } = chart.embedding([...three, [Number.NaN, 1, 1]]);
    expect(numbers.explained).toEqual(chart.embedding(three).numbers.explained);
    expect([...numbers.points.slice(6)]).toEqual([Number.NaN, Number.NaN]);
  });

  test.each<[() => unknown, string]>([
    [() => chart.embedding([1, 2, 3]), "embedding: rows of 1 feature where at least 2 are needed."],
    [() => chart.embedding(zeros([2, 1])), "embedding: rows of 1 feature where at least 2 are needed."],
    [() => chart.embedding(zeros([2, 1025])), "embedding: rows of 1025 features where at most 1024 can be decomposed."],
    [() => chart.embedding(zeros([2, 3]), [1]), "embedding: 2 rows of features do not match 1 labels."],
  ])("%s is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

describe("attention", () => {
  test("a cell for each weight, the strongest key, and how much it has", () => {
    const weights = tensor([
      [
        [0.75, 0.25],
        [0.5, 0.5],
      ],
      [
        [0, 1],
        [0.125, 0.875],
      ],
    ]);
    const { numbers, rows, description } = chart.attention(weights);
    expect(numbers).toEqual({
      strongest: [
        [0, 0],
        [1, 1],
      ],
      focus: [0.625, 0.9375],
    });
    expect(rows).toHaveLength(8);
    expect(rows[5]).toEqual({ head: "head 2", query: 0, key: 1, weight: 1 });
    expect(description).toBe(
      "Attention of 2 heads, 2 queries to 2 keys: the largest weight of a query is, on average, from 0.625 (head 1) to 0.938 (head 2).",
    );
  });

  test("tokens that occur twice have a row each", async () => {
    const made = chart.attention(
      tensor([
        [1, 0],
        [0, 1],
      ]),
      { queries: ["the", "the"] },
    );
    const svg = await (await run(made.spec)).svg();
    expect([...svg.matchAll(/>the<\/text>/g)]).toHaveLength(4);
    expect([...svg.matchAll(/aria-roledescription="rect mark"/g)]).toHaveLength(4);
  });

  test("many weights are drawn in blocks of means", () => {
    const weights = tensor(Array.from({ length: 100 * 100 }, (_, i) => i % 2)).reshape([100, 100]);
    const { rows, numbers } = chart.attention(weights);
    expect(rows).toHaveLength(50 * 50);
    expect(new Set(rows.map((row) => row["weight"]))).toEqual(new Set([0.5]));
    expect(numbers.strongest[0]).toHaveLength(100);
  });

  test.each<[() => unknown, string]>([
    [() => chart.attention(zeros([4])), "attention: weights of shape [4] where [Q, K] or [H, Q, K] is needed."],
    [() => chart.attention(zeros([2, 2]), { queries: ["a"] }), "attention: 1 names do not match 2 queries."],
    [() => chart.attention(zeros([2, 3]), { keys: ["a"] }), "attention: 1 names do not match 3 keys."],
    [() => chart.attention(zeros([2, 3, 3]), { headNames: ["a"] }), "attention: 1 names do not match 2 heads."],
    [
      () => chart.attention(zeros([2, 2]), { columns: 0 }),
      "attention: columns must be a whole number of at least 1, got 0.",
    ],
  ])("%s is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

/** A PNG without filters, read by the standard (ISO/IEC 15948), with its check sums. */
function readPng(url: string): { width: number; height: number; colour: number; rows: Uint8Array[] } {
  const file = Buffer.from(url.replace("data:image/png;base64,", ""), "base64");
  expect(file.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const end = at + 8 + file.readUInt32BE(at);
    expect(file.readUInt32BE(end)).toBe(crc32(file.subarray(at + 4, end)));
    chunks.set(file.toString("latin1", at + 4, at + 8), file.subarray(at + 8, end));
  }
  expect([...chunks.keys()]).toEqual(["IHDR", "IDAT", "IEND"]);
  const header = chunks.get("IHDR")!;
  const [width, height, colour] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9]!];
  const pixels = inflateSync(chunks.get("IDAT")!);
  const stride = 1 + width * (colour === 2 ? 3 : 1);
  expect(pixels).toHaveLength(height * stride);
  const rows = Array.from({ length: height }, (_, y) => pixels.subarray(y * stride + 1, (y + 1) * stride));
  return { width, height, colour, rows };
}
