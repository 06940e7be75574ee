import { describe, expect, test } from "vitest";
import { mapTree, optim, type Tensor, type Tree, valueAndGrad } from "../../src/index.ts";
import { type Case, expectClose, expectTreeClose, readTable } from "./table.ts";

type Params = { readonly [name: string]: Tensor };

const { cases, problems } = readTable("optim") as ReturnType<typeof readTable> & {
  readonly problems: Record<string, Record<string, Tensor>>;
};
const clips = new Set(["clipByValue", "clipByGlobalNorm"]);

/** Each problem as a function of the parameters, the step and its constants. */
const losses: Record<string, (p: Params, step: number, constants?: Params) => Tensor> = {
  quadratic: (p, _, { centre, curvature } = problems["quadratic"]!) =>
    p["w"]!.sub(centre!).square().mul(curvature!).sum().div(2),
  logistic: (p, _, { points, labels } = problems["logistic"]!) => {
    const scores: Tensor = points!.matmul(p["weight"]!).add(p["bias"]!);
    const penalty: Tensor = p["weight"]!.square().sum().mul(0.05);
    return scores.softplus().sub(scores.mul(labels!)).mean().add(penalty);
  },
  slopes: (p, step, { slopes } = problems["slopes"]!) => p["w"]!.mul(slopes!.at(step)).sum(),
  rosenbrock: (p) => {
    const [a, b] = [p["w"]!.at(0) as Tensor, p["w"]!.at(1) as Tensor];
    return a.neg().add(1).square().add(b.sub(a.square()).square().mul(100));
  },
};

function rowOf(tree: unknown, step: number): Params {
  return mapTree((rows) => rows.at(step), tree as Params);
}

describe("20 steps of every optimizer are PyTorch's", () => {
  const steps = cases.filter((each) => !clips.has(each.function) && each.function !== "lbfgs");
  test.each(steps)("$function: $name", ({ function: name, options, problem, start, losses: seen, value }) => {
    const optimizer = optim[name as "adam"](options);
    let params = start as Params;
    let state = optimizer.init(params);
    for (let step = 0; step < 20; step++) {
      const [loss, gradients] = valueAndGrad((p: Params) => losses[problem as string]!(p, step))(params);
      expectClose(loss, (seen as number[])[step]!);
      ({ params, state } = optimizer.update(gradients, state, params));
      expectTreeClose(params, rowOf(value, step));
    }
    expect(state.step).toBe(20);
  });
});

describe("20 steps of every optimizer in float32", () => {
  const steps = cases.filter((each) => !clips.has(each.function) && each.function !== "lbfgs");
  test.each(steps)("$function: $name", ({ function: name, options, problem, start, value }) => {
    const single = (tree: Params): Params => mapTree((leaf) => leaf.to("float32"), tree);
    const own = single(problems[problem as string]!);
    const optimizer = optim[name as "adam"](options);
    let params = single(start as Params);
    let state = optimizer.init(params);
    const slopes = valueAndGrad((p: Params, step: number) => losses[problem as string]!(p, step, own));
    for (let step = 0; step < 20; step++) {
      ({ params, state } = optimizer.update(slopes(params, step)[1], state, params));
      for (const leaf of Object.values(params)) expect(leaf.dtype).toBe("float32");
      expectTreeClose(
        mapTree((leaf) => leaf.to("float64"), params),
        rowOf(value, step),
        1e-5,
      );
    }
  });
});

describe("6 steps of L-BFGS are PyTorch's", () => {
  test.each(cases.filter((each) => each.function === "lbfgs"))("$name", (each: Case) => {
    const optimizer = optim.lbfgs(each.options);
    const evaluate = valueAndGrad((p: Params) => losses[each["problem"] as string]!(p, 0));
    let params = each["start"] as Params;
    let state = optimizer.init(params);
    for (let step = 0; step < 6; step++) {
      const [value, gradients] = evaluate(params);
      expectClose(value, (each["losses"] as number[])[step]!);
      ({ params, state } = optimizer.update(gradients, state, params, { value, evaluate }));
      expectTreeClose(params, rowOf(each.value, step));
      expect(state.numbers["evaluations"]).toBe((each["evaluations"] as number[])[step]);
    }
  });
});

describe("clipping is PyTorch's", () => {
  test.each(cases.filter((each) => clips.has(each.function)))("$function: $name", (each: Case) => {
    const gradients = each.arguments[0] as Params;
    const { limit, maxNorm, normType } = each.options as Record<string, number>;
    const clip =
      each.function === "clipByValue"
        ? optim.clipByValue(limit!)
        : optim.clipByGlobalNorm(maxNorm!, normType === undefined ? {} : { normType: Number(normType) });
    expectTreeClose(clip.update(gradients, clip.init(gradients), gradients).gradients, each.value as Params);
    if (each["norm"] !== undefined)
      expectClose(
        optim.globalNorm(gradients as Tree, normType === undefined ? {} : { normType: Number(normType) }),
        each["norm"] as number,
      );
  });
});

describe("schedules are PyTorch's", () => {
  const { schedule } = optim;
  const table = readTable("schedule").cases;
  test.each(table.filter((each) => each.function !== "reduceOnPlateau"))("$function: $name", (each: Case) => {
    const lr = each.arguments[0] as number;
    const { then, ...options } = each.options;
    const rate =
      each.function === "linearWarmupThenCosine"
        ? schedule.warmup(schedule.cosine(lr, then as { tMax: number }), options)
        : each.function === "linearWarmup"
          ? schedule.warmup(lr, options)
          : schedule[each.function as "polynomial"](lr, options);
    (each.value as number[]).forEach((want, step) => {
      expect(Math.abs(rate(step) - want), `step ${step}: ${rate(step)} for ${want}`).toBeLessThan(1e-12);
    });
  });

  test.each(table.filter((each) => each.function === "reduceOnPlateau"))("$function: $name", (each: Case) => {
    const { metric, ...options } = each.options;
    const plateau = schedule.reduceOnPlateau(each.arguments[0] as number, options);
    let state = plateau.init();
    const seen = (each["metric"] ?? metric) as number[];
    seen.forEach((value, step) => {
      state = plateau.update(value, state);
      expectClose(state.lr, (each.value as number[])[step]!);
    });
  });
});
