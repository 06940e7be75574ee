// The table of wrong programs. Each is a compile error (`npm run check` fails if one is not), and each fails at run time with the same sentence:
// `shape.test.ts` runs them. What a layer is given wrong is said before the parameters are looked at, so there are none.
import { nn, zeros } from "../../src/index.ts";

const none = {} as never;
const images = zeros([8, 3, 32, 32]);
const rows = zeros([128, 783]);
const steps = zeros([5, 2, 7]);

export const mistakes: readonly (readonly [sentence: string, program: () => unknown])[] = [
  // @ts-expect-error
  ["linear: an input of shape [128, 783] where […, 784] is needed", () => nn.linear(784, 10).apply(none, rows)],
  // @ts-expect-error
  ["linear: an input of shape [] where […, 3] is needed", () => nn.linear(3, 1).apply(none, zeros([]))],
  // @ts-expect-error
  ["linear: an input of shape [8, 3, 32, 32] where […, 3] is needed", () => nn.linear(3, 1).apply(none, images)],
  // @ts-expect-error
  ["linear: an input of shape [128, 783] where […, 784] is needed", () => nn.linear(784, 10).train(none, rows)],
  [
    "linear: an input of shape […, 128] where […, 100] is needed",
    // @ts-expect-error
    () => nn.sequential(nn.linear(784, 128), nn.relu(), nn.linear(100, 10)),
  ],
  [
    "linear: an input of shape […, 128] where […, 64] is needed",
    // @ts-expect-error
    () => nn.sequential(nn.linear(784, 128), nn.dropout(0.1), nn.layerNorm(128), nn.linear(64, 10)),
  ],
  [
    "linear: an input of shape [128, 783] where […, 784] is needed",
    // @ts-expect-error
    () => nn.sequential(nn.linear(784, 128), nn.relu()).apply(none, rows),
  ],
  [
    "linear: an input of shape [8, 64] where […, 32] is needed",
    () => {
      const deep = nn.sequential(nn.flatten(), nn.linear(32, 2));
      // @ts-expect-error
      return deep.apply(none, zeros([8, 4, 4, 4]));
    },
  ],
  [
    "conv2d: an input of shape [8, 3, 32, 32] has 3 channels, a weight of shape [16, 1, 3, 3] takes 1",
    // @ts-expect-error
    () => nn.conv2d(1, 16, 3).apply(none, images),
  ],
  // @ts-expect-error
  ["conv2d: an input of shape [128, 783] where 4 axes are needed", () => nn.conv2d(1, 16, 3).apply(none, rows)],
  [
    "conv2d: a window does not fit into shape [8, 3, 32, 32]",
    // @ts-expect-error
    () => nn.conv2d(3, 16, 33).apply(none, images),
  ],
  [
    "conv2d: an input of shape [?, 16, ?, ?] has 16 channels, a weight of shape [64, 32, 3, 3] takes 32",
    // @ts-expect-error
    () => nn.sequential(nn.conv2d(3, 16, 3), nn.relu(), nn.maxPool2d(2), nn.conv2d(32, 64, 3)),
  ],
  [
    "conv1d: an input of shape [4, 3, 100] has 3 channels, a weight of shape [8, 2, 5] takes 2",
    // @ts-expect-error
    () => nn.conv1d(2, 8, 5).apply(none, zeros([4, 3, 100])),
  ],
  [
    "convTranspose2d: an input of shape [8, 3, 32, 32] has 3 channels, a weight of shape [8, 4, 2, 2] takes 8",
    // @ts-expect-error
    () => nn.convTranspose2d(8, 4, 2).apply(none, images),
  ],
  [
    "convTranspose1d: an input of shape [1, 4, 7] has 4 channels, a weight of shape [8, 4, 2] takes 8",
    // @ts-expect-error
    () => nn.convTranspose1d(8, 4, 2).apply(none, zeros([1, 4, 7])),
  ],
  [
    "convTranspose1d: an input of shape [8, 7] where 3 axes are needed",
    // @ts-expect-error
    () => nn.convTranspose1d(8, 4, 2).apply(none, zeros([8, 7])),
  ],
  // @ts-expect-error
  ["glu: axis -1 of shape [3, 5] does not divide into 2 halves", () => nn.glu().apply(none, zeros([3, 5]))],
  [
    "bilinear: an input of shape [4, 2] where […, 3] is needed",
    // @ts-expect-error
    () => nn.bilinear(3, 2, 5).apply(none, zeros([4, 2]), zeros([4, 2])),
  ],
  [
    "bilinear: a second input of shape [5, 2] where [4, 2] is needed",
    // @ts-expect-error
    () => nn.bilinear(3, 2, 5).apply(none, zeros([4, 3]), zeros([5, 2])),
  ],
  // @ts-expect-error
  ["maxPool2d: an input of shape [128, 783] where 4 axes are needed", () => nn.maxPool2d(2).apply(none, rows)],
  [
    "avgPool2d: a window does not fit into shape [8, 3, 32, 32]",
    // @ts-expect-error
    () => nn.avgPool2d(64, { stride: 1 }).apply(none, images),
  ],
  [
    "batchNorm: an input of shape [8, 3, 32, 32] where [?, 16, …] is needed",
    // @ts-expect-error
    () => nn.batchNorm(16).apply(none, images, none),
  ],
  [
    "batchNorm: an input of shape [5] where [?, 5, …] is needed",
    // @ts-expect-error
    () => nn.batchNorm(5).apply(none, zeros([5]), none),
  ],
  [
    "batchNorm: an input of shape [?, 16, ?, ?] where [?, 32, …] is needed",
    // @ts-expect-error
    () => nn.sequential(nn.conv2d(3, 16, 3), nn.batchNorm(32)),
  ],
  [
    "layerNorm: an input of shape [2, 3, 5] where […, 3, 4] is needed",
    // @ts-expect-error
    () => nn.layerNorm([3, 4]).apply(none, zeros([2, 3, 5])),
  ],
  // @ts-expect-error
  ["rmsNorm: an input of shape [2, 3, 5] where […, 4] is needed", () => nn.rmsNorm(4).apply(none, zeros([2, 3, 5]))],
  // @ts-expect-error
  ["prelu: an input of shape [8, 3, 32, 32] where [?, 4, …] is needed", () => nn.prelu(4).apply(none, images)],
  // @ts-expect-error
  ["rnn: an input of shape [5, 2, 7] where [?, ?, 8] is needed", () => nn.rnn(8, 16).apply(none, steps)],
  // @ts-expect-error
  ["lstm: an input of shape [5, 2, 7] where [?, ?, 8] is needed", () => nn.lstm(8, 16).run(none, steps)],
  // @ts-expect-error
  ["gru: an input of shape [128, 783] where [?, ?, 8] is needed", () => nn.gru(8, 16).apply(none, rows)],
  [
    "linear: an input of shape [?, ?, 16] where […, 32] is needed",
    // @ts-expect-error
    () => nn.sequential(nn.gru(8, 16), nn.linear(32, 1)),
  ],
  [
    "attention: a key of shape [2, 6, 7] where [2, 6, 8] is needed",
    // @ts-expect-error
    () => nn.attention(zeros([2, 4, 8]), zeros([2, 6, 7]), zeros([2, 6, 3])),
  ],
  [
    "attention: a value of shape [2, 5, 3] where [2, 6, 3] is needed",
    // @ts-expect-error
    () => nn.attention(zeros([2, 4, 8]), zeros([2, 6, 8]), zeros([2, 5, 3])),
  ],
  [
    "multiHeadAttention: an input of shape [5, 2, 7] where […, 8] is needed",
    // @ts-expect-error
    () => nn.multiHeadAttention(8, 2).apply(none, steps),
  ],
  [
    "residual: a branch from [8, 64] to [8, 32] – the shapes differ",
    // @ts-expect-error
    () => nn.residual(nn.linear(64, 32)).apply(none, zeros([8, 64])),
  ],
  [
    "linear: an input of shape [8, 60] where […, 64] is needed",
    // @ts-expect-error
    () => nn.residual(nn.linear(64, 64)).apply(none, zeros([8, 60])),
  ],
];

/** Mistakes that have no sentence of their own: the checker alone refuses them. */
export function refused(): void {
  const model = nn.sequential(nn.linear(4, 8), nn.relu(), nn.batchNorm(8));
  const use = (_: () => unknown) => {};
  // @ts-expect-error a batch norm at evaluation needs its statistics
  use(() => model.apply(none, zeros([2, 4])));
  // @ts-expect-error and in training the ones so far
  use(() => model.train(none, zeros([2, 4])));
  // @ts-expect-error an option that there is not
  use(() => nn.linear(4, 8, { biass: false }));
  // @ts-expect-error a mode that there is not
  use(() => nn.rnn(4, 8, { nonlinearity: "sigmoid" }));
  // @ts-expect-error the parameters of another layer
  use(() => nn.linear(4, 8).apply({ weight: zeros([4, 8]), bias: zeros([8]) }, zeros([2, 4])));
  // @ts-expect-error no bias was asked for
  use(() => nn.linear(4, 8, { bias: false }).apply(none, zeros([2, 4])).bias);
}
