import { promote, toArray } from "../../tensor/dtype.ts";
import { broadcastShapes } from "../../tensor/shape/broadcast.ts";
import { type Shape, sizeOf } from "../../tensor/shape/shape.ts";
import type { Values } from "../../tensor/values.ts";
import { broadcastStrides, forEachRow } from "../kernel/broadcast.ts";
import { gemm, type Matrix } from "../kernel/gemm.ts";
import { matMul, gemm as oneGemm } from "../lowering/product.ts";
import type { Family } from "../signature.ts";
import { sumTo } from "./sumTo.ts";

/** Products of (batches of) matrices; both inputs have at least two axes. A transposed input is read in place, so gradients copy nothing. */
export const product: Family<"matmul"> = {
  matmul: {
    shape: ([a, b], { transposeA, transposeB }) => ({
      shape: [
        ...broadcastShapes("matmul", a.shape.slice(0, -2), b.shape.slice(0, -2)),
        a.shape.at(transposeA ? -1 : -2)!,
        b.shape.at(transposeB ? -2 : -1)!,
      ],
      dtype: promote("int32", promote(a.dtype, b.dtype)),
    }),
    evaluate: ([a, b], { transposeA, transposeB }, output) => {
      const [M, N] = [output.shape.at(-2)!, output.shape.at(-1)!];
      const K = a.shape.at(transposeA ? -2 : -1)!;
      const out = toArray(output.dtype, sizeOf(output.shape)) as Float32Array;
      const batch = output.shape.slice(0, -2);
      const strides = [batchStrides(a.shape, batch), batchStrides(b.shape, batch)];
      forEachRow(batch, strides, ([i, j], row) =>
        gemm(M, N, K, toMatrix(a, i! * M * K, transposeA), toMatrix(b, j! * K * N, transposeB), out, row * M * N),
      );
      return out;
    },
    // C = A B: dA = G Bᵀ, dB = Aᵀ G, and the same with A or B transposed
    vjp: [
      (g, [a, b], _, { transposeA, transposeB }, apply) =>
        sumTo(
          transposeA
            ? apply("matmul", [b, g], { transposeA: transposeB, transposeB: true })
            : apply("matmul", [g, b], { transposeA: false, transposeB: !transposeB }),
          a,
        ),
      (g, [a, b], _, { transposeA, transposeB }, apply) =>
        sumTo(
          transposeB
            ? apply("matmul", [g, a], { transposeA: true, transposeB: transposeA })
            : apply("matmul", [a, g], { transposeA: !transposeA, transposeB: false }),
          b,
        ),
    ],
    onnx: [oneGemm, matMul],
  },
};

/** Strides over the batch axes, counted in matrices. */
function batchStrides(shape: Shape, batch: Shape): number[] {
  return broadcastStrides(shape.slice(0, -2), batch);
}

function toMatrix(values: Values, offset: number, transposed: boolean): Matrix {
  const width = values.shape.at(-1)!;
  return { data: values.data, offset, row: transposed ? 1 : width, column: transposed ? width : 1 };
}
