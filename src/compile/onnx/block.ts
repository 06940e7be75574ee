import { cast } from "../../op/lowering/cast.ts";
import { NCHWC } from "../../op/lowering/nchwc.ts";
import { openSession } from "./engine.ts";
import { Writer } from "./writer.ts";

let finding: Promise<number | undefined> | undefined;

/**
 * How many channels the engine keeps side by side on this processor – 8 or 16, with the width of its vectors –, or nothing where it has no such layout. There is no
 * word for the question, so an image of four channels is put into that layout.
 */
export function findBlock(): Promise<number | undefined> {
  finding ??= ask().catch(() => undefined);
  return finding;
}

async function ask(): Promise<number | undefined> {
  const shape = [1, 4, 1, 1];
  const writer = new Writer(["image", "block"]);
  const image = writer.input("image", { shape, dtype: "float32" });
  const moved = writer.node(`${NCHWC}.ReorderInput`, [image]);
  const sizes = cast(writer, writer.node("Shape", [moved], { start: 1, end: 2 }), "int64", "int32");
  writer.output("block", sizes, { shape: [1], dtype: "int32" });
  const { engine, session } = await openSession(writer.encode(), { threads: 1 });
  const { block } = await session.run({ image: new engine.Tensor("float32", new Float32Array(4), shape) });
  await session.release();
  const size = (block!.data as Int32Array)[0]!;
  return size > 1 ? size : undefined;
}
