import { chart, data, grad, loss, metric, nn, optim, random, tensor, train } from "../../../src/index.ts";
import type { Cases } from "./case.ts";

const iris = data.iris();
const network = nn.sequential(nn.linear(4, 64), nn.relu(), nn.linear(64, 3));

/** A small network on the irises: enough epochs for the validation loss to turn. */
const learn = (optimizer: optim.Optimizer) =>
  train.fit(network, {
    data: iris,
    validation: 0.3,
    loss: loss.crossEntropy,
    optimizer,
    schedule: optim.schedule.warmup(optim.schedule.cosine(0.03, { tMax: 220 }), { totalIters: 20 }),
    epochs: 60,
    metrics: {
      accuracy: (y, logits) => metric.accuracy(y, logits.argmax(-1)),
      logLoss: (y, logits) => metric.logLoss(y, logits.softmax(-1)),
    },
    seed: 3,
    progress: false,
    // the same numbers on every processor
    compile: false,
  });
const adam = await learn(optim.adam());
const sgd = await learn(optim.sgd());

/** The gradients of the first steps of plain descent. */
const gradients = () => {
  const slope = grad((params: typeof adam.params) =>
    loss.crossEntropy(network.apply(params, iris.features), iris.target),
  );
  const optimizer = optim.sgd({ lr: 0.1 });
  let params = network.init(random(0));
  let state = optimizer.init(params);
  return Array.from({ length: 60 }, () => {
    const gradient = slope(params);
    ({ params, state } = optimizer.update(gradient, state, params));
    return gradient;
  });
};

/** A bowl twelve times steeper one way than the other, and how optimizers come down in it. */
const bowl = (x: number, y: number) => (x * x + 12 * y * y) / 2;
const descend = (optimizer: optim.Optimizer) => {
  let params = tensor([-2.6, 1], { dtype: "float64" });
  let state = optimizer.init(params);
  const way = [params.toArray()];
  for (let i = 0; i < 30; i++) {
    const [x, y] = params.toArray() as [number, number];
    ({ params, state } = optimizer.update(tensor([x, 12 * y], { dtype: "float64" }), state, params));
    way.push(params.toArray());
  }
  return way;
};

const { schedule } = optim;

export const training: Cases = {
  lossCurve: () => chart.lossCurve(adam),
  "lossCurve-log": () => chart.lossCurve(adam, { log: true, smoothing: 0.6 }),
  "lossCurve-runs": () => chart.lossCurve({ adam, sgd }),
  metricCurve: () => chart.metricCurve(adam, { metric: "accuracy" }),
  "metricCurve-all": () => chart.metricCurve(adam),
  learningRate: () =>
    chart.learningRate(
      {
        "warmup, cosine": schedule.warmup(schedule.cosine(0.1, { tMax: 90 }), { totalIters: 10 }),
        "multi-step": schedule.multiStep(0.1, { milestones: [30, 60], gamma: 0.3 }),
        "one cycle": schedule.oneCycle(0.1, { totalSteps: 100 }),
      },
      { steps: 100 },
    ),
  "learningRate-history": () => chart.learningRate(adam),
  gradientNorms: () => chart.gradientNorms(gradients()),
  weightHistogram: () => chart.weightHistogram(adam),
  lossLandscape: () =>
    chart.lossLandscape(bowl, {
      x: [-3, 2],
      y: [-1.5, 1.5],
      steps: 31,
      trajectories: {
        sgd: descend(optim.sgd({ lr: 0.15 })),
        momentum: descend(optim.sgd({ lr: 0.03, momentum: 0.85 })),
        adam: descend(optim.adam({ lr: 0.25 })),
      },
    }),
  "lossLandscape-network": () =>
    chart.lossLandscape(
      {
        params: adam.params,
        loss: (params) => loss.crossEntropy(network.apply(params, iris.features), iris.target),
        seed: 1,
      },
      { title: "The loss around a trained network", steps: 21 },
    ),
};
