import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { countAlive } from "../../src/compile/holder.ts";
import { compile, mapTree, optim, type Tensor, tensor, zeros } from "../../src/index.ts";

// This file has a process of its own, so what it counts is what it made.
test("200 functions: what was not used for longest makes room, what is released or forgotten is gone", async () => {
  const before = countAlive();
  const all = Array.from({ length: 200 }, (_, i) =>
    compile((a: Tensor) => a.mul(i + 2), { device: "cpu", threads: 1 }),
  );
  for (const each of all) await each(tensor([1]));
  expect(countAlive()).toBe(before + 64);
  // what has made room is there again when it is called, and knows what it was run by
  expect(compile.signatures(all[0]!)[0]!.engine).toMatch(/^onnxruntime/);
  for (const [i, each] of all.entries()) expect((await each(tensor([2]))).item()).toBe(2 * (i + 2));
  // also when all are called at once: none is put away under a run
  const together = await Promise.all(all.map((each) => each(tensor([3]))));
  expect(together.map((value) => value.item())).toEqual(all.map((_, i) => 3 * (i + 2)));
  expect(countAlive()).toBe(before + 64);
  await Promise.all(all.map((each) => compile.release(each)));
  expect(countAlive()).toBe(before);
  const many = compile((a: Tensor) => a.sum(), { device: "cpu", threads: 1 });
  for (let n = 1; n <= 100; n++) expect((await many(zeros([n]))).item()).toBe(0);
  expect(compile.signatures(many)).toHaveLength(32);
  expect(countAlive()).toBe(before + 32);
  await compile.release(many);
  expect(countAlive()).toBe(before);
});

test("a function can be called again after its release, and released under a call", async () => {
  const f = compile((a: Tensor) => a.exp().sum(), { device: "cpu" });
  const before = countAlive();
  const [early, late] = [f(zeros([4])), f(zeros([4]))];
  await compile.release(f);
  expect([(await early).item(), (await late).item()]).toEqual([4, 4]);
  expect(countAlive()).toBe(before);
  expect((await f(zeros([5]))).item()).toBe(5);
  await compile.release(f);
});

test("10,000 steps hold one program", async () => {
  const optimizer = optim.sgd({ lr: 1e-3 });
  const step = compile((p: { w: Tensor }, s: optim.State<{ w: Tensor }>) => optimizer.update(p, s, p));
  const params = { w: tensor([1, 2]) as Tensor };
  let now = { params, state: optimizer.init(params) };
  const before = countAlive();
  for (let i = 0; i < 10_000; i++) now = await step(now.params, now.state);
  expect(countAlive() - before).toBe(1);
  expect(now.state.step).toBe(10_000);
  expect(now.params.w.data[0]).toBeCloseTo(0.999 ** 10_000, 6);
  expect(mapTree((leaf) => leaf, now.params).w.shape).toEqual([2]);
  await compile.release(step);
});

test("a function that nobody refers to any more is let go of by itself", async () => {
  const before = countAlive();
  const callOnce = async () =>
    (await compile((a: Tensor) => a.cos().sum(), { device: "cpu", threads: 1 })(zeros([3]))).item();
  for (let i = 0; i < 5; i++) expect(await callOnce()).toBe(3);
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  // finalizers are run in a turn of the event loop after the collection, and a release takes one more
  for (let turn = 0; turn < 50 && countAlive() > before; turn++) {
    gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(countAlive()).toBe(before);
});
