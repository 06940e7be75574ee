// The table of wrong calls that the checker finds. Each is a compile error (`npm run check` fails if one is not), and each fails at run time with the same
// sentence, before any work: `mistakes.test.ts` runs them.
import { data, loss, nn, train, zeros } from "../../src/index.ts";

const model = nn.sequential(nn.linear(4, 8), nn.relu(), nn.linear(8, 3));
const x = zeros([12, 4]);
const y = zeros([12], { dtype: "int32" });
const wide = zeros([12, 3]);
const quiet = { progress: false } as const;

export const mistakes: readonly (readonly [sentence: string, program: () => Promise<unknown>])[] = [
  [
    "linear: an input of shape [12, 3] where […, 4] is needed",
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: { x: wide, y }, loss: loss.crossEntropy }),
  ],
  [
    "linear: an input of shape [12, 3] where […, 4] is needed",
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: [wide, y], loss: loss.crossEntropy }),
  ],
  [
    "fit: data: 12 rows in shape [12, 4], 11 in [11].",
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: { x, y: zeros([11]) }, loss: loss.crossEntropy }),
  ],
  [
    "mse: a target of shape [12] where [12, 3] is needed",
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: { x, y }, loss: loss.mse }),
  ],
  [
    "mse: a target of shape [12] where [12, 1] is needed",
    // @ts-expect-error
    () => train.fit(nn.linear(4, 1), { ...quiet, data: { x, y }, loss: (p, t) => loss.mse(p, t) }),
  ],
  [
    "crossEntropy: logits of shape [12, 3] need 12 targets, got shape [12, 4].",
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: { x, y: x }, loss: loss.crossEntropy }),
  ],
  [
    "linear: an input of shape [4, 3] where […, 4] is needed",
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: data.batches({ x: wide, y }, 4), loss: loss.crossEntropy }),
  ],
  [
    "matmul: [12, 4] times [3] – the inner sizes differ",
    () =>
      train.fit(
        // @ts-expect-error
        { params: { w: zeros([3]) }, apply: (p, at) => at.matmul(p.w) },
        { ...quiet, data: { x, y }, loss: () => zeros([]) },
      ),
  ],
  [
    "fit: data is one tensor where { x, y } or batches of it are needed.",
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: x, loss: () => zeros([]) }),
  ],
  [
    "fit: loss is nothing where a function of prediction and target is needed.",
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: { x, y } }),
  ],
  [
    "fit: optimizer is a function where an optimizer is needed, as optim.adam().",
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: { x, y }, loss: loss.crossEntropy, optimizer: () => 1 }),
  ],
  [
    'fit: schedulePer must be "step" or "epoch", got "batch".',
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: { x, y }, loss: loss.crossEntropy, schedulePer: "batch" }),
  ],
  [
    'fit: earlyStopping.monitor is "acuracy" where one of train, accuracy is needed.',
    () =>
      train.fit(model, {
        ...quiet,
        data: { x, y },
        loss: loss.crossEntropy,
        metrics: { accuracy: () => 1 },
        // @ts-expect-error
        earlyStopping: { patience: 1, monitor: "acuracy" },
      }),
  ],
  [
    "fit: earlyStopping.patience must be a whole number of at least 0, got nothing.",
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: { x, y }, loss: loss.crossEntropy, earlyStopping: {} }),
  ],
  [
    "fit: params lacks a parameter 0.weight, which the model has.",
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: { x, y }, loss: loss.crossEntropy, params: [{}] }),
  ],
];

/** Names that are not there: the compiler says which was probably meant. */
export const names: readonly (readonly [sentence: RegExp, program: () => Promise<unknown>])[] = [
  [
    /^fit: there is no option epoch; there are batchSize, callbacks, .*\.$/,
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: { x, y }, loss: loss.crossEntropy, epoch: 3 }),
  ],
  [
    /^fit: there is no option earlyStopping.monitr; there are monitor, /,
    () =>
      train.fit(model, {
        ...quiet,
        data: { x, y },
        loss: loss.crossEntropy,
        // @ts-expect-error
        earlyStopping: { patience: 1, monitr: "train" },
      }),
  ],
  [
    /^fit: there is no option clip.nrm; there are norm, value\.$/,
    // @ts-expect-error
    () => train.fit(model, { ...quiet, data: { x, y }, loss: loss.crossEntropy, clip: { nrm: 1 } }),
  ],
  [
    /^fit: there is no option callbacks.onBatch; there are onStart, /,
    () =>
      train.fit(model, {
        ...quiet,
        data: { x, y },
        loss: loss.crossEntropy,
        // @ts-expect-error
        callbacks: { onBatch: () => undefined },
      }),
  ],
];
