/** What a reader sees of each kind of value of the runtime, by the kernel's own rules: a table of kinds. */
import { describe, expect, test } from "vitest";
import { toShown } from "../../kernel/display/bundle.ts";
import { chart, data, loss, metric, model, nn, optim, random, tensor, train } from "../../src/index.ts";

const iris = data.iris();
const net = nn.sequential(nn.linear(4, 8), nn.relu(), nn.linear(8, 3));
const fitted = await train.fit(net, {
  data: iris,
  validation: 0.2,
  loss: loss.crossEntropy,
  epochs: 30,
  metrics: { accuracy: (y, p) => metric.accuracy(y, p.argmax(-1)) },
  progress: false,
});
const { cosine, oneCycle, reduceOnPlateau, sequence, constant, warmup } = optim.schedule;
const adam =
  "adam({ lr: 0.001, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, amsgrad: false }), which keeps average and square of each parameter";

type Kind = readonly [name: string, value: unknown, text: string | RegExp, html?: RegExp];

const kinds: readonly Kind[] = [
  ["a tensor", tensor([[1, 2]]), "tensor([[1., 2.]])", /<table/],
  ["a data set", iris, /^iris: features \[150, 4\], target \[150\] of 3 classes/, /<th>sepal length/],
  ["a generator", random([1, 2, 3, 4]), "random([1, 2, 3, 4])"],
  ["a model", net, /^Layer .*\nlinear\(4, 8\) .* 40\n[\s\S]*\nTotal: 67 parameters$/, /<tfoot>.*67/],
  ["a layer", nn.relu(), /relu\(\)/, /<table/],
  ["what fit gives back", fitted, /^30 epochs: training loss [\s\S]*\n +30 /, /^<details open><summary>30 epochs/],
  [
    "a history",
    fitted.history,
    /^epoch {2}training loss {2}validation loss {2}accuracy {2}learning rate\n/,
    /<th>accuracy</,
  ],
  ["a report", metric.classificationReport([0, 1, 1], [0, 1, 0]), /precision/, /<table/],
  ["a confusion matrix", metric.confusionMatrix([0, 1, 1], [0, 1, 0]), /predicted/, /<table/],
  [
    "a linear model",
    model.ridge(iris.features, iris.target.to("float64"), { alpha: 1 }),
    /^ridge \(alpha 1\)\n/,
    /<table/,
  ],
  ["rows", chart.table([{ a: 1 }]), "a\n1", /<table/],
  ["an optimizer", optim.adam(), adam, /<caption.*adam.*keeps average and square.*<td><code>\[0\.9, 0\.999\]</],
  [
    "one without memory",
    optim.sgd({ lr: 0.1 }),
    "sgd({ lr: 0.1, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false })",
    /sgd/,
  ],
  [
    "one with a schedule",
    optim.lion({ lr: constant(0.1) }),
    "lion({ lr: constant(0.1), betas: [0.9, 0.99], weightDecay: 0 }), which keeps average of each parameter",
    /constant/,
  ],
  ["one with a rate of one's own", optim.lion({ lr: (step) => 1 / step }), /^lion\(\{ lr: lr, betas/, /lion/],
  ["another optimizer", optim.lbfgs(), /^lbfgs\(\{ lr: 1, maxIter: 20, maxEval: 25, .*historySize: 100 \}\)/, /lbfgs/],
  [
    "a chain",
    optim.chain(optim.clipByGlobalNorm(1), optim.adam()),
    `chain(\n  clipByGlobalNorm({ maxNorm: 1, normType: 2 }),\n  ${adam},\n)`,
  ],
  ["a clip", optim.clipByValue(0.5), "clipByValue({ limit: 0.5 })", /clipByValue/],
  ["a schedule", cosine(0.1, { tMax: 10 }), "cosine(0.1, { tMax: 10, etaMin: 0 })"],
  [
    "a schedule of schedules",
    warmup(cosine(0.1, { tMax: 10 }), { startFactor: 0.5 }),
    "warmup(cosine(0.1, { tMax: 10, etaMin: 0 }), { totalIters: 5, startFactor: 0.5, endFactor: 1 })",
  ],
  ["schedules in a row", sequence([constant(1), constant(2)], [5]), "sequence([constant(1), constant(2)], [5])"],
  [
    "a cycle",
    oneCycle(0.1, { totalSteps: 9 }),
    /^oneCycle\(0\.1, \{ totalSteps: 9, pctStart: 0\.3, annealStrategy: "cos"/,
  ],
  ["a plateau", reduceOnPlateau(0.1), /^reduceOnPlateau\(0\.1, \{ mode: "min", factor: 0\.1, patience: 10, /],
];

describe.each(kinds.map((kind) => ({ name: kind[0], kind })))("$name", ({ kind: [, value, text, html] }) => {
  test("is shown as text that says what it is", async () => {
    const { data } = (await toShown(value, (error) => expect.unreachable(String(error))))!;
    const plain = data["text/plain"] as string;
    if (typeof text === "string") expect(plain).toBe(text);
    else expect(plain).toMatch(text);
    expect(plain).not.toMatch(/\[object|\[Function|\[Getter|undefined|NaN/);
    expect(plain.split("\n").length).toBeLessThan(30);
    expect(Object.keys(data)).toEqual(html ? ["text/plain", "text/html"] : expect.arrayContaining(["text/plain"]));
    if (html) expect(data["text/html"]).toMatch(html);
  });
});

test("every optimizer and schedule has such a text", () => {
  for (const make of [
    optim.adadelta,
    optim.adagrad,
    optim.adam,
    optim.adamax,
    optim.adamw,
    optim.lbfgs,
    optim.lion,
    optim.nadam,
    optim.radam,
    optim.rmsprop,
    optim.sgd,
  ])
    expect(String(make())).toMatch(new RegExp(`^${make().name}\\(\\{ lr: [\\d.e-]+, .*\\}\\)`));
  const { exponential, inverseTime, multiStep, polynomial, step, warmRestarts } = optim.schedule;
  expect(
    [
      exponential(1, { gamma: 0.5 }),
      inverseTime(1, { decay: 0.5 }),
      multiStep(1, { milestones: [2, 3] }),
      polynomial(1),
      step(1, { stepSize: 2 }),
      warmRestarts(1, { t0: 2 }),
    ].map(String),
  ).toEqual([
    "exponential(1, { gamma: 0.5 })",
    "inverseTime(1, { decay: 0.5 })",
    "multiStep(1, { milestones: [2, 3], gamma: 0.1 })",
    "polynomial(1, { totalIters: 5, power: 1 })",
    "step(1, { stepSize: 2, gamma: 0.1 })",
    "warmRestarts(1, { t0: 2, tMult: 1, etaMin: 0 })",
  ]);
});

test("showing adds nothing that a program meets", () => {
  expect(Object.keys(optim.sgd())).toEqual(["name", "takesTensor", "coefficients", "init", "update"]);
  expect(JSON.parse(JSON.stringify(fitted.history))).toEqual({ ...fitted.history });
  expect(cosine(1, { tMax: 10 })(5)).toBeCloseTo(0.5, 15);
});
