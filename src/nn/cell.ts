import type { Tensor } from "../tensor/tensor.ts";

export type Kind = "tanh" | "relu" | "lstm" | "gru";

/** One step of a recurrent layer, from what the input and what the last output contribute to its gates, both `[N, gates · hiddenSize]`. */
interface Cell {
  readonly gates: number;
  /** There is a memory beside the output. */
  readonly hasCell: boolean;
  step(input: Tensor, recurrent: Tensor, hidden: Tensor, cell: Tensor): [hidden: Tensor, cell: Tensor];
}

export const cells: { readonly [K in Kind]: Cell } = {
  tanh: { gates: 1, hasCell: false, step: (x, u, _, c) => [x.add(u).tanh(), c] },
  relu: { gates: 1, hasCell: false, step: (x, u, _, c) => [x.add(u).relu(), c] },
  lstm: {
    gates: 4,
    hasCell: true,
    step: (x, u, _, c) => {
      const sum: Tensor = x.add(u);
      const memory: Tensor = part(sum, 1, 4)
        .sigmoid()
        .mul(c)
        .add(
          part(sum, 0, 4)
            .sigmoid()
            .mul(part(sum, 2, 4).tanh()),
        );
      return [part(sum, 3, 4).sigmoid().mul(memory.tanh()), memory];
    },
  },
  gru: {
    gates: 3,
    hasCell: false,
    step: (x, u, h, c) => {
      const reset: Tensor = part(x, 0, 3)
        .add(part(u, 0, 3))
        .sigmoid();
      const keep: Tensor = part(x, 1, 3)
        .add(part(u, 1, 3))
        .sigmoid();
      const fresh: Tensor = part(x, 2, 3)
        .add(reset.mul(part(u, 2, 3)))
        .tanh();
      // (1 – z) n + z h
      return [fresh.add(keep.mul(h.sub(fresh))), c];
    },
  },
};

function part(gates: Tensor, i: number, count: number): Tensor {
  const size = gates.shape[1]! / count;
  return gates.slice(null, [i * size, (i + 1) * size]);
}
