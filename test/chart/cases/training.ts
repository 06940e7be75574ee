import { chart, data, loss, metric, nn, optim, train } from "../../../src/index.ts";
import type { Cases } from "./case.ts";

/** A small network on the irises: enough epochs for the validation loss to turn. */
const { history } = await train.fit(nn.sequential(nn.linear(4, 64), nn.relu(), nn.linear(64, 3)), {
  data: data.iris(),
  validation: 0.3,
  loss: loss.crossEntropy,
  optimizer: optim.adam({ lr: 0.02 }),
  epochs: 40,
  metrics: { accuracy: (y, logits) => metric.accuracy(y, logits.argmax(-1)) },
  progress: false,
});

export const training: Cases = {
  lossCurve: () => chart.lossCurve(history),
  "lossCurve-log": () => chart.lossCurve({ train: history.train }, { log: true }),
};
