// The table of wrong programs. Each is a compile error (`npm run check` fails if one is not), and each fails at run time with the same sentence
// when the checker does not know the sizes: `shape.test.ts` runs them.
import {
  arange,
  avgPool2d,
  concat,
  conv1d,
  conv2d,
  convTranspose2d,
  eye,
  grad,
  jacobian,
  loss,
  maxPool2d,
  nn,
  ones,
  random,
  type Shape,
  stack,
  type Tensor,
  tensor,
  valueAndGrad,
  where,
  zeros,
} from "../../../src/index.ts";

const x = zeros([128, 784]);
const z = zeros([128, 10]);
const cube = zeros([2, 3, 4]);
const images = zeros([8, 3, 32, 32]);

export const mistakes: readonly (readonly [sentence: string, program: () => unknown])[] = [
  // @ts-expect-error
  ["matmul: [128, 784] times [785, 10] – the inner sizes differ", () => x.matmul(zeros([785, 10]))],
  // @ts-expect-error
  ["matmul: [128, 784] times [783] – the inner sizes differ", () => x.matmul(zeros([783]))],
  // @ts-expect-error
  ["matmul: [3] times [4] – the inner sizes differ", () => zeros([3]).matmul(zeros([4]))],
  // @ts-expect-error
  ["matmul: [3] times [4, 3] – the inner sizes differ", () => zeros([3]).matmul(zeros([4, 3]))],
  // @ts-expect-error
  ["matmul: [2, 3, 4] times [2, 3, 4] – the inner sizes differ", () => cube.matmul(cube)],
  // @ts-expect-error
  ["matmul: [2, 3, 4] times [5, 4, 3] – the batches do not broadcast", () => cube.matmul(zeros([5, 4, 3]))],
  // @ts-expect-error
  ["matmul: [128, 784] times [] – a scalar has no rows", () => x.matmul(tensor(2))],
  // @ts-expect-error
  ["add: [128, 10] and [11] do not broadcast", () => z.add(zeros([11]))],
  // @ts-expect-error
  ["sub: [128, 10] and [127, 10] do not broadcast", () => z.sub(zeros([127, 10]))],
  // @ts-expect-error
  ["mul: [2, 3, 4] and [2, 4] do not broadcast", () => cube.mul(zeros([2, 4]))],
  // @ts-expect-error
  ["div: [128, 10] and [128] do not broadcast", () => z.div(z.sum(1))],
  // @ts-expect-error
  ["pow: [3] and [2] do not broadcast", () => tensor([1, 2, 3]).pow(tensor([1, 2]))],
  // @ts-expect-error
  ["maximum: [3] and [2] do not broadcast", () => zeros([3]).maximum(zeros([2]))],
  // @ts-expect-error
  ["minimum: [3] and [2] do not broadcast", () => zeros([3]).minimum(zeros([2]))],
  // @ts-expect-error
  ["equal: [128] and [127] do not broadcast", () => z.argmax(1).equal(zeros([127]))],
  // @ts-expect-error
  ["less: [3] and [2] do not broadcast", () => zeros([3]).less(zeros([2]))],
  // @ts-expect-error
  ["greaterEqual: [3] and [2] do not broadcast", () => zeros([3]).greaterEqual(zeros([2]))],
  // @ts-expect-error
  ["and: [3] and [2] do not broadcast", () => zeros([3]).and(zeros([2]))],
  // @ts-expect-error
  ["where: [3] and [2] do not broadcast", () => where(zeros([3]), zeros([2]), 0)],
  // @ts-expect-error
  ["sum: axis 2 is not in shape [128, 10]", () => z.sum(2)],
  // @ts-expect-error
  ["sum: axis -3 is not in shape [128, 10]", () => z.sum(-3)],
  // @ts-expect-error
  ["mean: axis 3 is not in shape [2, 3, 4]", () => cube.mean([0, 3])],
  // @ts-expect-error
  ["max: axis 1 is not in shape [3]", () => zeros([3]).max(1)],
  // @ts-expect-error
  ["argmax: axis 2 is not in shape [128, 10]", () => z.argmax(2)],
  // @ts-expect-error
  ["logSumExp: axis 2 is not in shape [128, 10]", () => z.logSumExp(2)],
  // @ts-expect-error
  ["softmax: axis 2 is not in shape [128, 10]", () => z.softmax(2)],
  // @ts-expect-error
  ["cumsum: axis 1 is not in shape [3]", () => zeros([3]).cumsum(1)],
  // @ts-expect-error
  ["std: axis 4 is not in shape [2, 3, 4]", () => cube.std(4)],
  // @ts-expect-error
  ["sum: axis 0 is not in shape []", () => tensor(1).sum(0)],
  // @ts-expect-error
  ["reshape: [2, 3, 4] has 24 elements, [5, 5] has 25", () => cube.reshape([5, 5])],
  // @ts-expect-error
  ["reshape: [128, 784] has 100352 elements, [128, 28, 29] has 103936", () => x.reshape([128, 28, 29])],
  // @ts-expect-error
  ["squeeze: axis 0 of shape [128, 10] has size 128, not 1", () => z.squeeze(0)],
  // @ts-expect-error
  ["squeeze: axis 2 is not in shape [128, 10]", () => z.squeeze(2)],
  // @ts-expect-error
  ["permute: [0, 1] does not name each axis of shape [2, 3, 4] once", () => cube.permute([0, 1])],
  // @ts-expect-error
  ["permute: [0, 1, 1] does not name each axis of shape [2, 3, 4] once", () => cube.permute([0, 1, 1])],
  // @ts-expect-error
  ["transpose: axis 3 is not in shape [2, 3, 4]", () => cube.transpose(0, 3)],
  // @ts-expect-error
  ["broadcastTo: [128, 10] does not broadcast to [128, 11]", () => z.broadcastTo([128, 11])],
  // @ts-expect-error
  ["broadcastTo: [2, 3, 4] does not broadcast to [4]", () => cube.broadcastTo([4])],
  // @ts-expect-error
  ["flip: axis 2 is not in shape [128, 10]", () => z.flip(2)],
  // @ts-expect-error
  ["slice: row 128 is not in axis 0 of shape [128, 10]", () => z.slice(128)],
  // @ts-expect-error
  ["slice: row -11 is not in axis 1 of shape [128, 10]", () => z.slice(null, -11)],
  // @ts-expect-error
  ["slice: axis 2 is not in shape [128, 10]", () => z.slice(null, null, 0)],
  // @ts-expect-error
  ["take: axis 2 is not in shape [128, 10]", () => z.take(tensor([0]), 2)],
  // @ts-expect-error
  ["gather: axis 2 is not in shape [128, 10]", () => z.gather(2, zeros([128, 1]))],
  // @ts-expect-error
  ["sort: axis 1 is not in shape [3]", () => zeros([3]).sort(1)],
  // @ts-expect-error
  ["topk: axis 1 is not in shape [3]", () => zeros([3]).topk(2, 1)],
  // @ts-expect-error
  ["concat: shapes [2, 3], [2, 4] do not join along axis 0", () => concat([zeros([2, 3]), zeros([2, 4])])],
  // @ts-expect-error
  ["concat: shapes [2, 3], [3] do not join along axis 0", () => concat([zeros([2, 3]), zeros([3])])],
  // @ts-expect-error
  ["concat: shapes [2, 3], [2, 3] do not join along axis 2", () => concat([zeros([2, 3]), zeros([2, 3])], 2)],
  // @ts-expect-error
  ["stack: shapes [2, 3], [3, 2] differ", () => stack([zeros([2, 3]), zeros([3, 2])])],
  [
    "conv2d: an input of shape [8, 3, 32, 32] has 3 channels, a weight of shape [16, 1, 3, 3] takes 1",
    // @ts-expect-error
    () => conv2d(images, zeros([16, 1, 3, 3])),
  ],
  [
    "conv2d: an input of shape [8, 3, 32, 32] has 3 channels, a weight of shape [16, 3, 3, 3] takes 9",
    // @ts-expect-error
    () => conv2d(images, zeros([16, 3, 3, 3]), { groups: 3 }),
  ],
  [
    "conv2d: an input of shape [3, 32, 32] where 4 axes are needed",
    // @ts-expect-error
    () => conv2d(zeros([3, 32, 32]), zeros([16, 3, 3, 3])),
  ],
  // @ts-expect-error
  ["conv2d: a weight of shape [16, 3, 3] where 4 axes are needed", () => conv2d(images, zeros([16, 3, 3]))],
  // @ts-expect-error
  ["conv2d: a window does not fit into shape [8, 3, 2, 2]", () => conv2d(zeros([8, 3, 2, 2]), zeros([1, 3, 3, 3]))],
  [
    "conv1d: an input of shape [8, 3, 32] has 3 channels, a weight of shape [16, 4, 3] takes 4",
    // @ts-expect-error
    () => conv1d(zeros([8, 3, 32]), zeros([16, 4, 3])),
  ],
  // @ts-expect-error
  ["conv1d: an input of shape [3, 32] where 3 axes are needed", () => conv1d(zeros([3, 32]), zeros([16, 3, 3]))],
  [
    "convTranspose2d: an input of shape [8, 3, 32, 32] has 3 channels, a weight of shape [4, 3, 2, 2] takes 4",
    // @ts-expect-error
    () => convTranspose2d(images, zeros([4, 3, 2, 2])),
  ],
  // @ts-expect-error
  ["maxPool2d: an input of shape [128, 10] where 4 axes are needed", () => maxPool2d(z, 2)],
  // @ts-expect-error
  ["avgPool2d: an input of shape [2, 3, 4] where 4 axes are needed", () => avgPool2d(cube, 2)],
  [
    "reshape: [2, 192, 14, 14] has 75264 elements, [2, 192, 195] has 74880",
    // @ts-expect-error
    () => conv2d(ones([2, 3, 224, 224]), ones([192, 3, 16, 16]), { stride: 16 }).reshape([2, 192, 195]),
  ],
  [
    "add: [1, 3, 8, 8] and [9, 9] do not broadcast",
    // @ts-expect-error
    () => maxPool2d(ones([1, 3, 100, 99]), 12).add(ones([9, 9])),
  ],
  [
    "grad: a result of shape [3] where one number is needed",
    // @ts-expect-error
    () => grad((p: Tensor<readonly [3]>) => p.exp())(zeros([3])),
  ],
  [
    "grad: a result of shape [2, 2] where one number is needed",
    // @ts-expect-error
    () => valueAndGrad((p: { w: Tensor<readonly [2, 2]> }) => p.w.exp())({ w: eye(2) }),
  ],
];

function centre<S extends Shape>(x: Tensor<S>) {
  return x.sub(x.mean(-1, { keepDims: true }));
}
function gram<N extends number, D extends number>(x: Tensor<readonly [N, D]>) {
  return x.matmul(x.transpose());
}

/** Mistakes around helpers that are generic in their shapes: in what they return, and inside where the sizes that are known contradict each other. */
export const genericMistakes: readonly (readonly [sentence: string, program: () => unknown])[] = [
  // @ts-expect-error
  ["add: [2, 3] and [4] do not broadcast", () => centre(ones([2, 3])).add(ones([4]))],
  // @ts-expect-error
  ["matmul: [2, 2] times [3, 4] – the inner sizes differ", () => gram(ones([2, 3])).matmul(ones([3, 4]))],
  // @ts-expect-error
  ["sum: axis 2 is not in shape [2, 2]", () => gram(centre(ones([2, 3]))).sum(2)],
  // @ts-expect-error
  ["mse: a target of shape [2] where [2, 3] is needed", () => loss.mse(centre(ones([2, 3])), ones([2]))],
  [
    "matmul: [2, 4] times [5, 3] – the inner sizes differ",
    // @ts-expect-error
    () => (<N extends number>(x: Tensor<readonly [N, 4]>) => x.matmul(ones([5, 3])))(ones([2, 4])),
  ],
  [
    "add: [2, 4] and [5] do not broadcast",
    // @ts-expect-error
    () => (<N extends number>(x: Tensor<readonly [N, 4]>) => x.add(ones([5])))(ones([2, 4])),
  ],
  [
    "add: [4, 2] and [5, 2] do not broadcast",
    () => {
      const sum = <D extends number>(x: Tensor<readonly [4, D]>, y: Tensor<readonly [5, D]>) =>
        // @ts-expect-error
        x.add(y);
      return sum(ones([4, 2]), ones([5, 2]));
    },
  ],
  [
    "mean: axis 2 is not in shape [2, 4]",
    // @ts-expect-error
    () => (<N extends number, D extends number>(x: Tensor<readonly [N, D]>) => x.mean(2))(ones([2, 4])),
  ],
  [
    "linear: an input of shape [2, 4] where […, 5] is needed",
    () => {
      const layer = nn.linear(5, 3);
      const params = layer.init(random(0));
      // @ts-expect-error
      return (<N extends number>(x: Tensor<readonly [N, 4]>) => layer.apply(params, x))(ones([2, 4]));
    },
  ],
  [
    "mse: a target of shape [2, 5] where [2, 4] is needed",
    () =>
      (<N extends number>(x: Tensor<readonly [N, 4]>, y: Tensor<readonly [N, 5]>) =>
        // @ts-expect-error
        loss.mse(x, y))(ones([2, 4]), ones([2, 5])),
  ],
  [
    "crossEntropy: logits of shape [2, 3] beside targets of shape [2, 3, 4] – labels where logits belong",
    () =>
      (<N extends number, C extends number>(z: Tensor<readonly [N, C]>, y: Tensor<readonly [N, C, 4]>) =>
        // @ts-expect-error
        loss.crossEntropy(z, y))(ones([2, 3]), ones([2, 3, 4])),
  ],
];

/** Mistakes that are errors of types rather than of shapes. */
export function wrongTypes(): void {
  // @ts-expect-error an option that does not exist
  zeros([2], { type: "float64" });
  // @ts-expect-error a dtype that does not exist
  zeros([2], { dtype: "float16" });
  // @ts-expect-error nested arrays of text
  tensor([["a"]]);
  // @ts-expect-error a misspelt option
  z.sum(0, { keepdims: true });
  // @ts-expect-error a shape where a number belongs
  arange([3]);
  // @ts-expect-error the gradient of a tensor is not an object
  grad((p: Tensor<readonly [3]>) => p.sum())(zeros([3])).w;
  // @ts-expect-error another shape than the parameter's
  grad((p: Tensor<readonly [3]>) => p.sum())(zeros([4]));
  // @ts-expect-error 10 is not 11
  z.mean(0).shape satisfies readonly [11];
  // @ts-expect-error a matrix is not a vector
  const vector: Tensor<readonly [10]> = z;
  // @ts-expect-error the jacobian of a number is no matrix
  jacobian((p: Tensor<readonly [2]>) => p.sum())(ones([2])).shape satisfies readonly [2, 2];
  void vector;
}
