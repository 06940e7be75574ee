import { describe, expect, test } from "vitest";
import { compile, leavesOf, loss, nn, optim, random, type Tensor, tensor, valueAndGrad } from "../../src/index.ts";

describe("a function that is compiled gives what it gives without", () => {
  test("linear regression, 50 steps", async () => {
    const x = random(1).normal([100, 2]);
    const y = x.matmul(tensor([[2], [-1]])).add(0.5);
    const optimizer = optim.sgd({ lr: 0.1 });
    const step = (p: { w: Tensor; b: Tensor }, state: optim.State<typeof p>) => {
      const [value, gradients] = valueAndGrad((q: typeof p) => loss.mse(x.matmul(q.w).add(q.b), y as Tensor))(p);
      return { value, ...optimizer.update(gradients, state, p) };
    };
    const compiled = compile(step);
    const params = { w: tensor([[0], [0]]) as Tensor, b: tensor([0]) as Tensor };
    let plain = { params, state: optimizer.init(params) };
    let fast = plain;
    for (let i = 0; i < 50; i++) {
      const a = step(plain.params, plain.state);
      const b = await compiled(fast.params, fast.state);
      expect(b.value.item()).toBeCloseTo(a.value.item(), 5);
      [plain, fast] = [a, b];
    }
    expect(fast.params.w.toArray()[0]).toBeDefined();
    expect(leavesOf(fast.params)[0]!.data[0]).toBeCloseTo(2, 2);
    expect(fast.state).toEqual(plain.state);
    expect(compile.signatures(compiled)).toHaveLength(1);
  });

  test("an MLP with dropout, clipping, a schedule and Adam, 20 steps: the same random numbers", async () => {
    const model = nn.sequential(nn.linear(8, 16), nn.relu(), nn.dropout(0.3), nn.linear(16, 3));
    const optimizer = optim.chain(
      optim.clipByGlobalNorm(0.5),
      optim.adam({ lr: optim.schedule.cosine(0.05, { tMax: 20 }) }),
    );
    const generator = random(4);
    const x = generator.normal([32, 8]);
    const y = generator.integers(0, 3, [32]);
    type Params = ReturnType<typeof model.init>;
    const step = (p: Params, state: optim.State<Params>, g: ReturnType<typeof random>) => {
      const [value, gradients] = valueAndGrad((q: Params) =>
        loss.crossEntropy(model.train(q, x, { generator: g })[0], y),
      )(p);
      return { value, ...optimizer.update(gradients, state, p) };
    };
    const compiled = compile(step);
    const params = model.init(random(0));
    let a = { params, state: optimizer.init(params) };
    let b = a;
    const [g1, g2] = [random(9), random(9)];
    for (let i = 0; i < 20; i++) {
      const [u, v] = [step(a.params, a.state, g1), await compiled(b.params, b.state, g2)];
      expect(v.value.item()).toBeCloseTo(u.value.item(), 4);
      [a, b] = [u, v];
    }
    expect(g2.state).toEqual(g1.state);
    expect(b.state.step).toBe(20);
    expect(b.state.parts[1]!.step).toBe(20);
    expect(compile.signatures(compiled)).toHaveLength(1);
  });
});
