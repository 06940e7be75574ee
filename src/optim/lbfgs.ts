import { Tensor } from "../tensor/tensor.ts";
import { leavesOf, type Tree } from "../tensor/tree.ts";
import { checkAbove, checkAtLeast, checkCount, checkParams, checkRate, checkSame, checkState } from "./check.ts";
import { withSettings } from "./display.ts";
import { fresh, type Optimizer, type Rate, type State, type UpdateOptions } from "./optimizer.ts";
import { searchStrongWolfe } from "./strongWolfe.ts";
import { add, along, dot, flatten, largest, type Point, type Search, unflatten } from "./vector.ts";

export interface LbfgsOptions {
  /** Learning rate: 1 unless given; with a line search, its first try. */
  readonly lr?: Rate;
  /** Inner steps of one update: 20 unless given. Without `evaluate` there is one. */
  readonly maxIter?: number;
  /** Evaluations of one update: 1.25 maxIter unless given. */
  readonly maxEval?: number;
  /** Stops where no gradient is larger: 1e-7 unless given. */
  readonly toleranceGrad?: number;
  /** Stops where nothing moves any more: 1e-9 unless given. */
  readonly toleranceChange?: number;
  /** Steps remembered: 100 unless given. */
  readonly historySize?: number;
  /** None unless given. */
  readonly lineSearchFn?: "strongWolfe";
}

/**
 * Limited-memory BFGS: along `-H g`, where the inverse Hessian `H` is estimated from the last steps and what they did to the gradient. For a full batch:
 * it is confused by gradients that are noisy.
 *
 * One update is PyTorch's `step(closure)`; the closure is `evaluate`, usually the function that the gradients come from:
 *
 * @example
 * const step = valueAndGrad((p: { w: Tensor }) => p.w.sub(3).square().sum());
 * const optimizer = optim.lbfgs({ lineSearchFn: "strongWolfe" });
 * let params = { w: tensor([0, 10]) };
 * let state = optimizer.init(params);
 * const [value, gradients] = step(params);
 * ({ params, state } = optimizer.update(gradients, state, params, { value, evaluate: step }));
 * params.w.toString() // [3. 3.]
 * @throws TypeError `lbfgs: the line search needs update(gradients, state, params, { evaluate }).`
 * @see Liu and Nocedal, On the Limited Memory BFGS Method (1989)
 */
export function lbfgs({
  lr = 1,
  maxIter = 20,
  maxEval = Math.floor((maxIter * 5) / 4),
  toleranceGrad = 1e-7,
  toleranceChange = 1e-9,
  historySize = 100,
  lineSearchFn,
}: LbfgsOptions = {}): Optimizer {
  checkRate("lbfgs", lr);
  checkCount("lbfgs", "maxIter", maxIter);
  checkCount("lbfgs", "maxEval", maxEval);
  checkAtLeast("lbfgs", "toleranceGrad", toleranceGrad, 0);
  checkAtLeast("lbfgs", "toleranceChange", toleranceChange, 0);
  checkCount("lbfgs", "historySize", historySize);
  if (lineSearchFn !== undefined && lineSearchFn !== "strongWolfe")
    throw new RangeError(`lbfgs: lineSearchFn must be "strongWolfe" or left out, got "${String(lineSearchFn)}".`);
  const rateOf = ({ step }: State) => (typeof lr === "number" ? lr : lr(step));
  /** What one update does, and asks for on the way. */
  const begin = function* <P extends Tree>(
    gradients: P,
    state: State<P>,
    params: P,
    options: Pick<UpdateOptions<P>, "lr" | "value">,
    canAsk: boolean,
  ): Search<{ params: P; state: State<P> }> {
    checkState("lbfgs", state);
    checkSame("lbfgs", "a gradient", gradients, params);
    if (leavesOf(gradients).some((leaf) => !leaf.hasData))
      throw new TypeError(
        "lbfgs: its steps depend on values, which a function that is compiled does not know: compile the one that gives value and gradients, and call update outside of it.",
      );
    const rate = toNumber(options.lr) ?? rateOf(state);
    checkAbove("lbfgs", "lr", rate, 0);
    if (lineSearchFn !== undefined && !canAsk)
      throw new TypeError("lbfgs: the line search needs update(gradients, state, params, { evaluate }).");
    const memory = toMemory(state);
    const at = flatten(params);
    const value = toNumber(options.value) ?? (canAsk ? (yield at).value : 0);
    const limits = { maxIter: canAsk ? maxIter : 1, maxEval, toleranceGrad, toleranceChange, historySize };
    const start = { value, slope: flatten(gradients) };
    const x = yield* descend(at, start, memory, rate, limits, canAsk, lineSearchFn !== undefined);
    return { params: unflatten(params, x), state: toState(params, state.step + 1, memory) };
  };
  const optimizer: Optimizer = {
    name: "lbfgs",
    coefficients: (state, rate = rateOf(state)) => ({ rate }),
    init: (params) => {
      checkParams("lbfgs", params);
      return { ...fresh, numbers: { iterations: 0, evaluations: 0, scale: 1, length: 0 } };
    },
    update(gradients, state, params, options = {}) {
      const { evaluate } = options;
      const search = begin(gradients, state, params, options, evaluate !== undefined);
      let asked = search.next();
      while (!asked.done) asked = search.next(toPoint(evaluate!(unflatten(params, asked.value))));
      return asked.value;
    },
    async updateLater(gradients, state, params, options) {
      const search = begin(gradients, state, params, options, true);
      let asked = search.next();
      while (!asked.done) asked = search.next(toPoint(await options.evaluate(unflatten(params, asked.value))));
      return asked.value;
    },
  };
  const settings = { lr, maxIter, maxEval, toleranceGrad, toleranceChange, historySize, lineSearchFn };
  return withSettings(optimizer, settings, ["the last steps"]);
}

interface Limits {
  readonly maxIter: number;
  readonly maxEval: number;
  readonly toleranceGrad: number;
  readonly toleranceChange: number;
  readonly historySize: number;
}

/** What is carried from one inner step to the next. */
interface Memory {
  iterations: number;
  evaluations: number;
  /** The diagonal of the estimate that the history corrects. */
  scale: number;
  /** How far along the last direction. */
  length: number;
  direction: Float64Array | undefined;
  slope: Float64Array | undefined;
  steps: Float64Array[];
  changes: Float64Array[];
}

/**
 * 1. take what the last step taught into the history
 * 2. choose a direction, and how far
 * 3. go, and look around
 * 4. stop where it does not pay any more
 */
function* descend(
  start: Float64Array,
  { value, slope }: Point,
  memory: Memory,
  rate: number,
  limits: Limits,
  canAsk: boolean,
  search: boolean,
): Search<Float64Array> {
  let x = start;
  let evaluations = 1;
  memory.evaluations++;
  if (largest(slope) <= limits.toleranceGrad) return x;
  for (let n = 1; n <= limits.maxIter; n++) {
    memory.iterations++;
    if (memory.iterations > 1) learn(memory, slope, limits.historySize);
    const direction = memory.iterations === 1 ? slope.map((g) => -g) : findDirection(memory, slope);
    const before = value;
    memory.direction = direction;
    memory.slope = slope;
    memory.length =
      memory.iterations === 1 ? Math.min(1, 1 / slope.reduce((sum, g) => sum + Math.abs(g), 0)) * rate : rate;
    const descent = dot(slope, direction);
    if (descent > -limits.toleranceChange) break;
    let used = 0;
    if (search) {
      const found = yield* searchStrongWolfe(x, memory.length, direction, { value, slope }, descent);
      ({ value, slope } = found.point);
      memory.length = found.length;
      used = found.evaluations;
    }
    x = along(x, memory.length, direction);
    if (!search && canAsk && n < limits.maxIter) {
      ({ value, slope } = yield x);
      used = 1;
    }
    evaluations += used;
    memory.evaluations += used;
    if (evaluations >= limits.maxEval || largest(slope) <= limits.toleranceGrad) break;
    if (largest(direction) * memory.length <= limits.toleranceChange) break;
    if (Math.abs(value - before) < limits.toleranceChange && canAsk) break;
  }
  return x;
}

function learn(memory: Memory, slope: Float64Array, historySize: number): void {
  const change = slope.map((g, i) => g - memory.slope![i]!);
  const step = memory.direction!.map((d) => d * memory.length);
  const curvature = dot(change, step);
  if (curvature <= 1e-10) return;
  if (memory.steps.length === historySize) {
    memory.steps.shift();
    memory.changes.shift();
  }
  memory.steps.push(step);
  memory.changes.push(change);
  memory.scale = curvature / dot(change, change);
}

/** `-H g` by the two loops of Nocedal (1980). */
function findDirection({ steps, changes, scale }: Memory, slope: Float64Array): Float64Array {
  const q = slope.map((g) => -g);
  const alphas: number[] = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    const alpha = dot(steps[i]!, q) / dot(changes[i]!, steps[i]!);
    alphas[i] = alpha;
    add(q, -alpha, changes[i]!);
  }
  for (let i = 0; i < q.length; i++) q[i]! *= scale;
  for (let i = 0; i < steps.length; i++) {
    const beta = dot(changes[i]!, q) / dot(changes[i]!, steps[i]!);
    add(q, alphas[i]! - beta, steps[i]!);
  }
  return q;
}

function toMemory({ numbers, slots, history }: State): Memory {
  return {
    iterations: numbers["iterations"] ?? 0,
    evaluations: numbers["evaluations"] ?? 0,
    scale: numbers["scale"] ?? 1,
    length: numbers["length"] ?? 0,
    direction: slots["direction"] && flatten(slots["direction"]),
    slope: slots["gradient"] && flatten(slots["gradient"]),
    steps: (history["steps"] ?? []).map(flatten),
    changes: (history["changes"] ?? []).map(flatten),
  };
}

function toState<P extends Tree>(params: P, step: number, memory: Memory): State<P> {
  const { iterations, evaluations, scale, length, direction, slope, steps, changes } = memory;
  const toTree = (x: Float64Array) => unflatten(params, x);
  return {
    ...fresh,
    step,
    numbers: { iterations, evaluations, scale, length },
    slots: { ...(direction && { direction: toTree(direction) }), ...(slope && { gradient: toTree(slope) }) },
    history: { steps: steps.map(toTree), changes: changes.map(toTree) },
  };
}

function toPoint([value, gradients]: readonly [Tensor | number, Tree]): Point {
  return { value: toNumber(value)!, slope: flatten(gradients) };
}

function toNumber(value: Tensor | number | undefined): number | undefined {
  return value instanceof Tensor ? value.item() : value;
}
