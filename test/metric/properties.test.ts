/** What holds for every input, by fast-check. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { metric } from "../../src/index.ts";

const label = fc.integer({ min: 0, max: 3 });
const pairs = fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 40 });
const scored = fc
  .array(fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 8 })), { minLength: 2, maxLength: 40 })
  .filter((rows) => new Set(rows.map(([y]) => y)).size === 2);
const unzip = <A, B>(rows: readonly (readonly [A, B])[]) => [rows.map(([a]) => a), rows.map(([, b]) => b)] as const;
const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe("confusion matrices", () => {
  test("count every row once; the diagonal is the accuracy, rows and columns are the classes", () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const [y, p] = unzip(rows);
        const matrix = metric.confusionMatrix(y, p);
        const values = matrix.toArray();
        expect(total(values.flat())).toBe(rows.length);
        expect(total(values.map((row, i) => row[i]!)) / rows.length).toBeCloseTo(metric.accuracy(y, p), 12);
        matrix.labels.forEach((own, i) => {
          expect(total(values[i]!)).toBe(y.filter((n) => n === own).length);
          expect(total(values.map((row) => row[i]!))).toBe(p.filter((n) => n === own).length);
        });
      }),
    );
  });

  test("exchanged arguments transpose it; precision and recall change places", () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const [y, p] = unzip(rows);
        const [there, back] = [metric.confusionMatrix(y, p).toArray(), metric.confusionMatrix(p, y).toArray()];
        expect(back).toEqual(there.map((_, i) => there.map((row) => row[i]!)));
        expect(metric.precision(y, p, { average: "none" })).toEqual(metric.recall(p, y, { average: "none" }));
      }),
    );
  });

  test("normalized rows, columns and all sum to 1 or are empty", () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const [y, p] = unzip(rows);
        const sums = metric.confusionMatrix(y, p, { normalize: "true" }).toArray().map(total);
        for (const sum of sums) expect(sum === 0 || Math.abs(sum - 1) < 1e-12).toBe(true);
        expect(total(metric.confusionMatrix(y, p, { normalize: "all" }).toArray().flat())).toBeCloseTo(1, 12);
      }),
    );
  });

  test("micro averages are the accuracy, weights of one change nothing, text labels neither", () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const [y, p] = unzip(rows);
        for (const f of [metric.precision, metric.recall, metric.f1])
          expect(f(y, p, { average: "micro" })).toBeCloseTo(metric.accuracy(y, p), 12);
        const sampleWeight = y.map(() => 1);
        expect(metric.f1(y, p, { average: "macro", sampleWeight })).toBe(metric.f1(y, p, { average: "macro" }));
        const text = (n: number) => `class ${n}`;
        expect(metric.matthews(y.map(text), p.map(text))).toBe(metric.matthews(y, p));
      }),
    );
  });
});

describe("curves", () => {
  test("a ROC curve rises from (0, 0) to (1, 1), its thresholds fall, its area is the share of ordered pairs", () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const [y, scores] = unzip(rows);
        const { falsePositiveRate, truePositiveRate, thresholds } = metric.rocCurve(y, scores);
        expect([falsePositiveRate[0], truePositiveRate[0]]).toEqual([0, 0]);
        expect([falsePositiveRate.at(-1), truePositiveRate.at(-1)]).toEqual([1, 1]);
        for (let i = 1; i < thresholds.length; i++) {
          expect(falsePositiveRate[i]).toBeGreaterThanOrEqual(falsePositiveRate[i - 1]!);
          expect(truePositiveRate[i]).toBeGreaterThanOrEqual(truePositiveRate[i - 1]!);
          expect(thresholds[i]).toBeLessThan(thresholds[i - 1]!);
        }
        const above = rows
          .filter(([is]) => is === 1)
          .flatMap(([, a]) => rows.filter(([is]) => is === 0).map(([, b]) => (a > b ? 1 : a === b ? 0.5 : 0)));
        expect(metric.rocAuc(y, scores)).toBeCloseTo(total(above) / above.length, 12);
        expect(
          metric.rocAuc(
            y,
            scores.map((n) => Math.exp(n)),
          ),
        ).toBeCloseTo(metric.rocAuc(y, scores), 12);
      }),
    );
  });

  test("recall falls along the thresholds of a precision-recall curve", () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const [y, scores] = unzip(rows);
        const { precision, recall, thresholds } = metric.precisionRecallCurve(y, scores);
        expect([precision.at(-1), recall.at(-1), recall[0]]).toEqual([1, 0, 1]);
        expect(thresholds).toHaveLength(precision.length - 1);
        for (let i = 1; i < recall.length; i++) expect(recall[i]).toBeLessThanOrEqual(recall[i - 1]!);
        const value = metric.averagePrecision(y, scores);
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});

describe("calibration", () => {
  test("certain and right has no error, the curve counts every row", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1 }),
        (rows) => {
          const [y, p] = unzip(rows);
          expect(metric.calibrationError(y, y)).toBe(0);
          expect(metric.calibrationError(y, p)).toBeLessThanOrEqual(1);
          expect(metric.calibrationError(y, p, { norm: "max" })).toBeGreaterThanOrEqual(
            metric.calibrationError(y, p) - 1e-12,
          );
          for (const strategy of ["uniform", "quantile"] as const)
            expect(total(metric.calibrationCurve(y, p, { strategy }).counts)).toBe(rows.length);
        },
      ),
    );
  });

  // calibration_curve([0, 0, 0, 0, 1, 1, 1, 1, 1], [0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1], n_bins=3) of its documentation
  test("scikit-learn's example", () => {
    const curve = metric.calibrationCurve([0, 0, 0, 0, 1, 1, 1, 1, 1], [0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1], {
      bins: 3,
    });
    expect(curve.truth).toEqual([0, 0.5, 1]);
    [0.2, 0.525, 0.85].forEach((p, i) => {
      expect(curve.prediction[i]).toBeCloseTo(p, 12);
    });
  });
});

test("errors of regression are 0 where the prediction is right, R² is 0 at the mean", () => {
  const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(fc.array(number, { minLength: 2, maxLength: 20 }), (y) => {
      for (const f of [metric.mse, metric.rmse, metric.mae, metric.mape]) expect(f(y, y)).toBe(0);
      expect(metric.r2(y, y)).toBe(1);
      const mean = total(y) / y.length;
      fc.pre(y.some((n) => Math.abs(n - mean) > 1e-3));
      expect(
        metric.r2(
          y,
          y.map(() => mean),
        ),
      ).toBeCloseTo(0, 9);
    }),
  );
});
