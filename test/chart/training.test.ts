/** What the charts of trainings compute, against closed forms. */
import { describe, expect, test } from "vitest";
import { findContours } from "../../src/chart/training/contour.ts";
import { smooth } from "../../src/chart/training/smooth.ts";
import { chart, loss, nn, optim, random, tensor, train } from "../../src/index.ts";

describe("smooth", () => {
  test("is TensorBoard's: weights wᵏ (1 – w) that are brought to a sum of 1", () => {
    const [w, x] = [0.7, [3, -1, 4, 1, -5, 9]];
    const wanted = x.map((_, n) => {
      const weights = x.slice(0, n + 1).map((_, i) => w ** (n - i));
      const total = weights.reduce((sum, each) => sum + each);
      return weights.reduce((sum, each, i) => sum + each * x[i]!, 0) / total;
    });
    smooth(x, w).forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i]!, 12);
    });
  });

  test("passes over what is not finite, and 0 changes nothing", () => {
    const [first, hole, last] = smooth([1, Number.NaN, 0], 0.5);
    expect([first, hole]).toEqual([1, Number.NaN]);
    expect(last).toBeCloseTo(1 / 3, 12);
    expect(smooth([1, 5, 2], 0)).toEqual([1, 5, 2]);
  });
});

describe("contours", () => {
  const axis = (from: number, to: number, steps: number) =>
    Array.from({ length: steps }, (_, i) => from + ((to - from) * i) / (steps - 1));
  const sample = (f: (x: number, y: number) => number, steps = 41) => {
    const [x, y] = [axis(-2, 2, steps), axis(-2, 2, steps)];
    return { x, y, values: y.map((b) => x.map((a) => f(a, b))) };
  };

  test("a circle is one closed line, as near to it as linear interpolation is", () => {
    const step = 4 / 40;
    const [line, ...others] = findContours(
      sample((x, y) => x * x + y * y),
      1.7,
    );
    expect(others).toEqual([]);
    expect(line!.at(-1)).toEqual(line![0]);
    expect(line!.length).toBeGreaterThan(50);
    // between two points at distance h a function with |f″| ≤ 2 is off its chord by h² f″ / 8 at most
    for (const [x, y] of line!)
      expect(Math.abs(x * x + y * y - 1.7)).toBeLessThanOrEqual((step * step * 2) / 8 + 1e-12);
    const turns = line!.slice(1).reduce((sum, [x, y], i) => {
      const [px, py] = line![i]!;
      return sum + Math.atan2(px * y - py * x, px * x + py * y);
    }, 0);
    expect(Math.abs(turns)).toBeCloseTo(2 * Math.PI, 9);
  });

  test("a plane has a straight line from border to border, exact to rounding", () => {
    const [line, ...others] = findContours(
      sample((x, y) => 2 * x - y),
      0.3,
    );
    expect(others).toEqual([]);
    for (const [x, y] of line!) expect(2 * x - y).toBeCloseTo(0.3, 12);
    for (const [x, y] of [line![0]!, line!.at(-1)!]) expect(Math.max(Math.abs(x), Math.abs(y))).toBe(2);
  });

  test.each([
    [0.01, 1],
    [-0.01, -1],
  ])("the saddle x y at %d has two branches that never meet", (level, sign) => {
    // an even number of points: the middle cell has the saddle inside
    const lines = findContours(
      sample((x, y) => x * y, 40),
      level,
    );
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      const sides = new Set(line.map(([x]) => Math.sign(x)));
      expect(sides.size).toBe(1);
      for (const [x, y] of line) {
        expect(Math.sign(x * y)).toBe(sign);
        expect(x * y).toBeCloseTo(level, 10);
      }
    }
  });

  test("the mean of the corners decides in a saddle", () => {
    const cell = (values: number[][]) => ({ x: [0, 1], y: [0, 1], values });
    const ends = (values: number[][], level: number) =>
      findContours(cell(values), level).map((line) =>
        line
          .map(([x, y]) => (x === 0 ? "left" : x === 1 ? "right" : y === 0 ? "bottom" : "top"))
          .sort()
          .join("-"),
      );
    expect(
      ends(
        [
          [1, 0],
          [0, 1],
        ],
        0.4,
      ).sort(),
    ).toEqual(["bottom-right", "left-top"]);
    expect(
      ends(
        [
          [1, 0],
          [0, 1],
        ],
        0.6,
      ).sort(),
    ).toEqual(["bottom-left", "right-top"]);
    expect(
      ends(
        [
          [0, 1],
          [1, 0],
        ],
        0.4,
      ).sort(),
    ).toEqual(["bottom-left", "right-top"]);
    expect(
      ends(
        [
          [0, 1],
          [1, 0],
        ],
        0.6,
      ).sort(),
    ).toEqual(["bottom-right", "left-top"]);
  });

  test("all sixteen cases of a cell have a line where corners differ, and every end lies on the level", () => {
    for (let bits = 0; bits < 16; bits++) {
      const [a, b, c, d] = [1, 2, 4, 8].map((bit) => (bits & bit ? 3 : 1)) as [number, number, number, number];
      const lines = findContours(
        {
          x: [0, 1],
          y: [0, 1],
          values: [
            [a, b],
            [d, c],
          ],
        },
        2,
      );
      expect(lines).toHaveLength(bits === 0 || bits === 15 ? 0 : bits === 5 || bits === 10 ? 2 : 1);
      for (const [x, y] of lines.flat())
        expect(a * (1 - x) * (1 - y) + b * x * (1 - y) + c * x * y + d * (1 - x) * y).toBeCloseTo(2, 12);
    }
  });

  test("a hole of NaN opens the line", () => {
    const grid = sample((x, y) => (x > 1 && Math.abs(y) < 0.2 ? Number.NaN : x * x + y * y));
    const [line] = findContours(grid, 1.7);
    expect(line!.at(-1)).not.toEqual(line![0]);
    expect(line!.flat().every(Number.isFinite)).toBe(true);
  });
});

describe("lossCurve", () => {
  test("takes what train.fit returns, a history, tensors, and runs by name, one of them called train", async () => {
    const fitted = await train.fit(nn.linear(1, 1), {
      data: { x: tensor([[0], [1], [2], [3]]), y: tensor([[0], [2], [4], [6]]) },
      validation: 0.5,
      loss: loss.mse,
      optimizer: optim.sgd({ lr: 0.05 }),
      epochs: 5,
      seed: 1,
      progress: false,
    });
    const { train: losses, validation } = fitted.history;
    const best = Math.min(...validation);
    const wanted = { first: losses[0], last: losses[4], best: { loss: best, epoch: validation.indexOf(best) + 1 } };
    expect(chart.lossCurve(fitted).numbers).toEqual(wanted);
    expect(chart.lossCurve(fitted.history).numbers).toEqual(wanted);
    expect(chart.lossCurve({ train: tensor([2, 1]) }).numbers).toEqual({ first: 2, last: 1, best: undefined });
    expect(chart.lossCurve({ train: fitted, other: { train: [1] } }).numbers).toEqual({
      train: wanted,
      other: { first: 1, last: 1, best: undefined },
    });
  });

  test("the row of each step has the loss and its smooth value", () => {
    expect(chart.lossCurve({ train: [1, 0] }, { smoothing: 0.5 }).rows).toEqual([
      { series: "training", step: 1, value: 1, smoothed: 1 },
      { series: "training", step: 2, value: 0, smoothed: 1 / 3 },
    ]);
  });

  test("of 100,000 losses no peak is lost, and training and validation keep the same epochs", () => {
    const losses = Float64Array.from({ length: 100_000 }, (_, i) => (i === 54_321 ? 99 : Math.sin(i)));
    const { rows } = chart.lossCurve({ train: losses, validation: losses.map((each) => -each) });
    const [seen, held] = ["training", "validation"].map((series) => rows.filter((row) => row["series"] === series));
    expect(rows.length).toBeLessThanOrEqual(4000);
    expect(seen!.map((row) => row["step"])).toEqual(held!.map((row) => row["step"]));
    expect(seen).toContainEqual({ series: "training", step: 54_322, value: 99 });
    expect(held!.some((row) => row["value"] === -99)).toBe(true);
  });

  test.each<[() => unknown, string]>([
    [() => chart.lossCurve({ train: [1] }, { smoothing: 1 }), "lossCurve: smoothing must lie in [0, 1), got 1."],
    [() => chart.lossCurve(3 as never), "lossCurve: 3 where a history is needed."],
    [
      () => chart.lossCurve({ sgd: [1, 2] } as never),
      "lossCurve: sgd is an array of 2 where a history with train is needed.",
    ],
    [
      () => chart.metricCurve({ metrics: { accuracy: [1] } }, { metric: "f1" }),
      "metricCurve: there is no metric f1; there are accuracy.",
    ],
    [
      () => chart.metricCurve({ metrics: { accuracy: [1] } }, { direction: "up" as never }),
      'metricCurve: direction must be "min" or "max", got "up".',
    ],
    [() => chart.learningRate(() => 1), "learningRate: a schedule needs steps, the number of steps to draw."],
    [
      () => chart.gradientNorms([{ step: -1, layer: "a", norm: 1 }]),
      "gradientNorms: step must be a whole number from 0 to 9999999, got -1.",
    ],
    [
      () => chart.gradientNorms([{ a: tensor([1]) }, { a: tensor([1]), b: tensor([1]) }]),
      "gradientNorms: 2 tensors at step 1 where step 0 has 1.",
    ],
    [
      () => chart.weightHistogram({ bias: "text" } as never),
      "weightHistogram: .bias is text where a tensor or numbers are needed.",
    ],
    [
      () => chart.weightHistogram({ bias: [1] }, { bins: 0 }),
      "weightHistogram: bins must be a whole number from 1 to 200, got 0.",
    ],
    [
      () => chart.lossLandscape((x) => x, { x: [1, -1] }),
      "lossLandscape: x must go from a number to a larger one, got [1, -1].",
    ],
    [
      () => chart.lossLandscape((x) => x, { steps: 100 }),
      "lossLandscape: steps must be a whole number from 2 to 61, got 100.",
    ],
    [() => chart.lossLandscape((x) => x, { levels: [Number.NaN] }), "lossLandscape: a level must be finite, got NaN."],
    [
      () => chart.lossLandscape((x) => x, { levels: -1 }),
      "lossLandscape: levels must be a whole number from 0 to 50 or a list, got -1.",
    ],
    [
      () => chart.lossLandscape((x) => x, { trajectories: { sgd: [[1, 2, 3]] } }),
      "lossLandscape: the trajectory sgd has a point of 3 numbers where x and y are needed.",
    ],
    [
      () =>
        chart.lossLandscape({
          x: [0, 1, 2],
          y: [0, 1],
          values: [
            [1, 2],
            [3, 4],
          ],
        }),
      "lossLandscape: values of shape [2, 2] where [2, 3], a row for each y, is needed.",
    ],
    [
      () =>
        chart.lossLandscape({
          x: [0, 0],
          y: [0, 1],
          values: [
            [1, 2],
            [3, 4],
          ],
        }),
      "lossLandscape: x must rise from number to number, got 0 at 1.",
    ],
  ])("%# is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

describe("metricCurve", () => {
  test("the best of an accuracy is its highest, that of an error its lowest, or as told", () => {
    const metrics = { accuracy: [0.5, 0.9, 0.8], rmse: [3, 1, 2], mape: [3, 1, 2], meanAveragePrecision: [1, 2, 3] };
    const { numbers } = chart.metricCurve({ metrics });
    expect(Object.values(numbers).map(({ best }) => best)).toEqual([
      { value: 0.9, epoch: 2 },
      { value: 1, epoch: 2 },
      { value: 1, epoch: 2 },
      { value: 3, epoch: 3 },
    ]);
    expect(
      chart.metricCurve({ metrics: { accuracy: [2, 1] } }, { direction: "min" }).numbers["accuracy"]!.best,
    ).toEqual({
      value: 1,
      epoch: 2,
    });
  });

  test("runs of one metric are named by the run, of several by both", () => {
    const metrics = { accuracy: [1], f1: [1] };
    expect(Object.keys(chart.metricCurve({ a: { metrics }, b: { metrics } }, { metric: "f1" }).numbers)).toEqual([
      "a",
      "b",
    ]);
    expect(Object.keys(chart.metricCurve({ a: { metrics } }).numbers)).toEqual(["a, accuracy", "a, f1"]);
  });
});

describe("learningRate", () => {
  test("has the rate of every step of a schedule, from 0, and of every epoch of a history, from 1", () => {
    const rows = chart.learningRate(optim.schedule.step(1, { stepSize: 2, gamma: 0.5 }), { steps: 4 }).rows;
    expect(rows.map((row) => [row["step"], row["value"]])).toEqual([
      [0, 1],
      [1, 1],
      [2, 0.5],
      [3, 0.5],
    ]);
    const recorded = chart.learningRate({ history: { learningRate: [0.1, 0.2] } });
    expect(recorded.rows.map((row) => row["step"])).toEqual([1, 2]);
    expect(recorded.numbers["learning rate"]!.highest).toEqual({ rate: 0.2, step: 2 });
  });
});

describe("gradientNorms", () => {
  test("trees, rows and lists of the same gradients are the same chart", () => {
    const trees = [
      {
        a: tensor([3, 4]),
        b: [
          tensor([
            [1, 2],
            [2, 0],
          ]),
        ],
      },
      {
        a: tensor([0, 1]),
        b: [
          tensor([
            [0, 0],
            [0, 2],
          ]),
        ],
      },
    ];
    const lists = chart.gradientNorms({ a: [5, 1], "b.0": [3, 2] });
    const rows = [
      ["a", 0, 5],
      ["b.0", 0, 3],
      ["a", 1, 1],
      ["b.0", 1, 2],
    ] as const;
    expect(chart.gradientNorms(trees).numbers).toEqual(lists.numbers);
    expect(chart.gradientNorms(rows.map(([layer, step, norm]) => ({ layer, step, norm }))).spec).toEqual(lists.spec);
    expect(lists.description).toBe(
      "Gradient norms of 2 layers over 2 steps: the largest, 5, is that of a at step 0; at the end the layers differ by a factor of 2.",
    );
  });

  test("large float32 gradients do not overflow", () => {
    expect(chart.gradientNorms([{ w: tensor([3e30, 4e30]) }]).numbers["w"]!.last / 5e30).toBeCloseTo(1, 6);
  });
});

describe("weightHistogram", () => {
  test("counts every number once, with NumPy's mean and deviation", () => {
    // numpy: np.std([1, 2, 3, 4]) is 1.118033988749895
    const { numbers } = chart.weightHistogram(
      {
        layers: [
          {
            weight: tensor([
              [1, 2],
              [3, 4],
            ]),
          },
        ],
      },
      { bins: 3 },
    );
    const { counts, edges, mean, std, min, max } = numbers["layers.0.weight"]!;
    expect({ mean, min, max }).toEqual({ mean: 2.5, min: 1, max: 4 });
    expect(std).toBeCloseTo(1.118033988749895, 12);
    expect({ edges, counts }).toEqual({ edges: [1, 2, 3, 4], counts: [1, 1, 2] });
  });

  test("equal numbers, as biases at the beginning, are one bar as wide as those of the others", () => {
    const { bias, weight } = chart.weightHistogram({ bias: tensor([0, 0]), weight: tensor([-1, 0, 1]) }, { bins: 4 })
      .numbers as Record<string, { edges: readonly number[]; counts: readonly number[] }>;
    expect(weight).toMatchObject({ edges: [-1, -0.5, 0, 0.5, 1], counts: [1, 0, 1, 1] });
    expect(bias).toMatchObject({ edges: [-0.25, 0.25], counts: [2] });
  });

  test("the bins of random numbers hold all of them, each between its edges", () => {
    const values = random(5).normal([1000], { dtype: "float64" }).data;
    const { edges, counts } = chart.weightHistogram({ w: values }).numbers["w"]!;
    expect(counts.reduce((a, b) => a + b)).toBe(1000);
    counts.forEach((count, i) => {
      const isLast = i === counts.length - 1;
      const inside = Array.from(values).filter(
        (v) => v >= edges[i]! && (isLast ? v <= edges[i + 1]! : v < edges[i + 1]!),
      );
      expect(inside).toHaveLength(count);
    });
  });
});

describe("lossLandscape", () => {
  test("has the function at the points of the grid, and its lowest", () => {
    const { numbers } = chart.lossLandscape((x, y) => (x - 1) ** 2 + y, {
      x: [0, 2],
      y: [-1, 1],
      steps: 3,
      levels: [1],
    });
    expect(numbers.x).toEqual([0, 1, 2]);
    expect(numbers.values).toEqual([
      [0, -1, 0],
      [1, 0, 1],
      [2, 1, 2],
    ]);
    expect(numbers.lowest).toEqual({ x: 1, y: -1, loss: -1 });
    expect(numbers.contours.map(({ level }) => level)).toEqual([1]);
  });

  test("levels are NumPy's quantiles", () => {
    // numpy: np.quantile([0, 1, 2, 10], [0.25, 0.5, 0.75]) is [0.75, 1.5, 4]
    const { numbers } = chart.lossLandscape(
      {
        x: [0, 1],
        y: [0, 1],
        values: [
          [0, 1],
          [2, 10],
        ],
      },
      { levels: 3 },
    );
    expect(numbers.contours.map(({ level }) => level)).toEqual([0.75, 1.5, 4]);
  });

  test("around parameters the middle is the loss itself, and a step along a direction is what it says", () => {
    const params = {
      w: tensor(
        [
          [3, 4],
          [0, 1],
        ],
        { dtype: "float64" },
      ),
      b: tensor([7], { dtype: "float64" }),
    };
    const directions = [
      {
        w: tensor([
          [1, 0],
          [0, 0],
        ]),
        b: tensor([0]),
      },
      {
        w: tensor([
          [0, 0],
          [0, 0],
        ]),
        b: tensor([2]),
      },
    ] as const;
    const f = (p: typeof params) => p.w.sum().add(p.b.sum().mul(10));
    const { numbers } = chart.lossLandscape({ params, loss: f, directions }, { steps: 3 });
    // 8 + 70 in the middle; ±1 along the first, ±20 along the second
    expect(numbers.values).toEqual([
      [57, 58, 59],
      [77, 78, 79],
      [97, 98, 99],
    ]);
  });

  test("random directions are as long as the weights, row by row, and leave biases alone", () => {
    const params = {
      w: tensor(
        [
          [3, 4],
          [0, 1],
        ],
        { dtype: "float64" },
      ),
      b: tensor([7], { dtype: "float64" }),
    };
    const seen: (typeof params)[] = [];
    const keep = (p: typeof params) => {
      seen.push(p);
      return 1;
    };
    chart.lossLandscape({ params, loss: keep }, { x: [0, 1], y: [0, 1], steps: 2 });
    expect(seen).toHaveLength(4);
    const along = seen[1]!.w.sub(params.w).square().sum(1).sqrt().toArray();
    along.forEach((length, row) => {
      expect(length).toBeCloseTo([5, 1][row]!, 9);
    });
    expect(seen[3]!.b.toArray()).toEqual([7]);
  });
});
