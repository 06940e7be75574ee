/** What the charts of regressions compute, and what Vega makes of their sliders, against scikit-learn, closed forms and our own losses. */
import * as vega from "vega";
import { compile } from "vega-lite";
import { describe, expect, test } from "vitest";
import type { Specification } from "../../src/chart/specification.ts";
import { chart, loss, type Tensor, tensor } from "../../src/index.ts";

interface Point {
  readonly x: number;
  readonly series: string;
  readonly loss: number;
}

/** The points that Vega draws with the sliders where they are told to be. */
async function drawnWith(spec: Specification, sliders: Readonly<Record<string, number>>): Promise<Point[]> {
  const parsed = compile(structuredClone(spec) as never).spec;
  const view = new vega.View(vega.parse(parsed), { renderer: "none" });
  for (const [name, value] of Object.entries(sliders)) view.signal(name, value);
  await view.runAsync();
  const sets = parsed.data!.map(({ name }) => view.data(name) as Point[]);
  const points = sets.find(([first]) => first && "series" in first && "loss" in first)!;
  view.finalize();
  return points.map(({ x, series, loss }) => ({ x, series, loss }));
}

const none = { reduction: "none" } as const;

describe("lossShape", () => {
  const at = (points: readonly Point[], series: string) => points.filter((point) => point.series === series);
  const toX = (points: readonly Point[]) =>
    tensor(
      points.map(({ x }) => x),
      { dtype: "float64" },
    );
  /** By our losses, as a user calls them: residuals against targets of 0, logits of two classes, labels of 1. */
  const ours: Readonly<Record<string, (x: Tensor, value: number) => Tensor>> = {
    mse: (x) => loss.mse(x, x.mul(0), none),
    mae: (x) => loss.mae(x, x.mul(0), none),
    huber: (x, delta) => loss.huber(x, x.mul(0), { ...none, delta }),
    smoothL1: (x, beta) => loss.smoothL1(x, x.mul(0), { ...none, beta }),
    logCosh: (x) => loss.logCosh(x, x.mul(0), none),
    quantile: (x, quantile) => loss.quantile(x, x.mul(0), { ...none, quantile }),
    crossEntropy: (p) => loss.binaryCrossEntropy(p, p.mul(0).add(1), none),
    // the probability as a logit; alpha off, as for several classes
    focal: (p, gamma) => loss.focal(p.div(p.neg().add(1)).log(), p.mul(0).add(1), { ...none, gamma, alpha: -1 }),
    hinge: (x) => loss.hinge(x, x.mul(0).add(1), none),
    squaredHinge: (x) => loss.squaredHinge(x, x.mul(0).add(1), none),
    softMargin: (x) => loss.softMargin(x, x.mul(0).add(1), none),
  };

  test.each<[Parameters<typeof chart.lossShape>[0], string | undefined, readonly number[]]>([
    [["mse", "mae", "logCosh"], undefined, [0]],
    ["huber", "delta", [0.1, 1, 2.3]],
    ["smoothL1", "beta", [0, 0.5, 3]],
    ["quantile", "quantile", [0, 0.5, 0.95]],
    [["crossEntropy"], undefined, [0]],
    [["focal"], "gamma", [0, 2, 5]],
    [["hinge", "squaredHinge", "softMargin"], undefined, [0]],
  ])("Vega draws %j with %s at %j as our losses are", async (names, slider, values) => {
    for (const value of values) {
      const points = await drawnWith(chart.lossShape(names).spec, slider ? { [slider]: value } : {});
      for (const name of [names].flat() as string[]) {
        // the last probability is 1, whose logit is infinite
        const mine = at(points, name).filter(({ x }) => name !== "focal" || x < 0.999);
        expect(mine.length).toBeGreaterThan(100);
        const wanted = ours[name]!(toX(mine), value).data;
        mine.forEach((point, i) => {
          expect(point.loss, `${name} at ${point.x}`).toBeCloseTo(wanted[i]!, 9);
        });
      }
    }
  });

  test("where the sliders begin Vega draws the numbers of the chart", async () => {
    const shape = chart.lossShape(["mse", "huber", "quantile"], { delta: 5, custom: { root: (d) => d.abs().sqrt() } });
    const points = await drawnWith(shape.spec, {});
    for (const [name, values] of Object.entries(shape.numbers.losses))
      at(points, name).forEach((point, i) => {
        expect(point.loss).toBeCloseTo(values[i]!, 9);
      });
    expect(shape.numbers.losses["root"]![0]).toBeCloseTo(Math.sqrt(3), 12);
    // a slider that reaches as far as it was set
    expect(shape.spec["params"]).toContainEqual(expect.objectContaining({ name: "delta", value: 5 }));
    expect(JSON.stringify(shape.spec["params"])).toContain('"max":5');
  });

  test("in a composition every chart keeps its own slider", async () => {
    const { spec } = chart.row(chart.lossShape("huber"), chart.lossShape("huber", { delta: 2 }));
    const names = (spec["params"] as { name: string; bind: { name: string } }[]).map(({ name, bind }) => [
      name,
      bind.name,
    ]);
    expect(names).toEqual([
      ["delta_1", "δ of huber "],
      ["delta_2", "δ of huber "],
    ]);
    const parsed = compile(structuredClone(spec) as never).spec;
    const view = new vega.View(vega.parse(parsed), { renderer: "none" });
    view.signal("delta_2", 0.5);
    await view.runAsync();
    const most = parsed
      .data!.map(({ name }) => view.data(name) as Point[])
      .filter(([first]) => first && "series" in first && "loss" in first)
      .map((points) => Math.max(...points.map((point) => point.loss)));
    view.finalize();
    // δ (3 – δ / 2)
    expect(new Set(most.map((value) => value.toFixed(9)))).toEqual(new Set(["2.500000000", "1.375000000"]));
  });

  test.each<[() => unknown, string]>([
    [
      () => chart.lossShape("l3" as never),
      "lossShape: there is no loss l3; there are mse, mae, huber, smoothL1, logCosh, quantile, crossEntropy, focal, hinge, squaredHinge, softMargin.",
    ],
    [
      () => chart.lossShape(["mse", "focal"]),
      "lossShape: mse is a loss of a residual and focal one of a probability: no axis has both.",
    ],
    [
      () => chart.lossShape("focal", { range: [0, 2] }),
      "lossShape: a range of probabilities must lie in [0, 1], got [0, 2].",
    ],
    [
      () => chart.lossShape([], { custom: { mine: (x) => x.mean() } }),
      'lossShape: mine gives shape [] where a loss for each of the 121 numbers is needed: reduction "none".',
    ],
    [() => chart.lossShape("quantile", { quantile: 1.5 }), "quantile: quantile 1.5 is not between 0 and 1."],
  ])("%# is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

describe("residuals", () => {
  const residuals = chart.residuals(tensor([2.5, 0, 2, 8]), [3, -0.5, 2, 7]);

  test("are truth minus prediction, as scikit-learn's", () => {
    expect(residuals.rows.map((row) => row["residual"])).toEqual([0.5, -0.5, 0, -1]);
    // numpy: np.mean and np.std of [0.5, -0.5, 0, -1]
    expect(residuals.numbers).toMatchObject({ mean: -0.25, largest: -1 });
    expect(residuals.numbers.std).toBeCloseTo(0.5590169943749475, 12);
    // numpy.histogram([0.5, -0.5, 0, -1], 25): one each in the bins 0, 8, 16 and 24
    expect(residuals.numbers.counts.flatMap((count, i) => (count === 0 ? [] : [[i, count]]))).toEqual([
      [0, 1],
      [8, 1],
      [16, 1],
      [24, 1],
    ]);
    expect([residuals.numbers.edges[0], residuals.numbers.edges.at(-1)]).toEqual([-1, 0.5]);
    expect(chart.residuals([1, 2], [3, 4]).numbers).toMatchObject({ edges: [1.9, 2.1], counts: [2] });
  });

  test("two lengths are refused", () => {
    expect(() => chart.residuals([1], [1, 2])).toThrow("residuals: 2 labels do not match 1 predictions.");
  });

  test("the smooth line is there where enough points can bend it", () => {
    const many = Array.from({ length: 30 }, (_, i) => i);
    expect(
      JSON.stringify(
        chart.residuals(
          many,
          many.map((x) => x + (x % 3)),
        ).spec,
      ),
    ).toContain("loess");
    expect(JSON.stringify(residuals.spec)).not.toContain("loess");
  });
});

test("predictedActual of tensors, a million of them thinned with the numbers of all", () => {
  const truth = tensor(Array.from({ length: 10_000 }, (_, i) => i / 100));
  const { numbers, rows } = chart.predictedActual(truth.add(0.5), truth);
  expect(rows).toHaveLength(2000);
  expect(numbers.meanAbsoluteError).toBeCloseTo(0.5, 5);
});
