import type { Window } from "../../tensor/shape/convolution.ts";
import { type Shape, sizeOf } from "../../tensor/shape/shape.ts";
import type { OnnxGraph, Specs } from "../onnx.ts";
import { writeReshape } from "./movement.ts";

/** The domain of the engine's operators on images whose channels lie side by side in blocks. */
export const NCHWC = "com.microsoft.nchwc";

/** Both numbers of channels divide into blocks, in one group, of float32; `weight` is `[F, C, kH, kW]`. */
export function fitsBlocks({ output, block }: Specs<2>, weight: Shape, groups: number): boolean {
  const [filters, channels] = weight as readonly [number, number];
  return (
    block !== undefined && output.dtype === "float32" && groups === 1 && filters % block === 0 && channels % block === 0
  );
}

/**
 * A convolution in the engine's own layout, there and back. The engine brings weights into it that are known when the session is made; those of a training step are not,
 * so it is done here, and takes a hundredth of what the convolution does.
 */
export function writeBlocked(
  graph: OnnxGraph,
  x: string,
  w: string,
  weight: Shape,
  { kernel, stride, dilation, padding }: Window,
  block: number,
): string {
  const [filters, channels] = weight as readonly [number, number];
  const apart = writeReshape(graph, w, [filters / block, block, channels / block, block, ...kernel]);
  const ordered = graph.node("Transpose", [apart], { perm: [0, 2, 4, 5, 3, 1] });
  const result = graph.node(
    `${NCHWC}.Conv`,
    [graph.node(`${NCHWC}.ReorderInput`, [x]), writeReshape(graph, ordered, weight)],
    { kernel_shape: kernel, strides: stride, dilations: dilation, pads: padding, group: 1 },
  );
  return graph.node(`${NCHWC}.ReorderOutput`, [result], { channels: filters });
}

/** Two cores do so many multiplications and additions in a microsecond, and move so many elements from one layout to the other. */
export function toBlockedCost(products: number, image: Shape, result: Shape): number {
  return 60 + products / 350_000 + (sizeOf(image) + sizeOf(result)) / 4000;
}
