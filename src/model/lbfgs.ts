/** A function to be made small: writes its gradient and returns its value. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly at: Float64Array;
  readonly iterations: number;
  /** The largest element of the gradient. */
  readonly slope: number;
}

const memory = 10;
const sufficient = 1e-4;
const curvature = 0.9;

/**
 * L-BFGS for a smooth convex function: steps along `–H g` with H built from the last ten changes of place and gradient (Nocedal and Wright 2006,
 * algorithm 7.4). Stops when the largest element of the gradient is at most `tolerance`, or where rounding lets no step through.
 */
export function minimize(
  objective: Objective,
  start: Float64Array,
  { tolerance, maxIterations }: { readonly tolerance: number; readonly maxIterations: number },
): Minimum {
  let at: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(at.length);
  let value = objective(at, gradient);
  const changes: Change[] = [];
  for (let iteration = 0; ; iteration++) {
    const slope = largest(gradient);
    if (slope <= tolerance || iteration >= maxIterations) return { at, iterations: iteration, slope };
    const direction = findDirection(gradient, changes);
    const first = changes.length === 0 ? Math.min(1, 1 / largest(gradient)) : 1;
    const step = search(objective, at, value, gradient, direction, first);
    if (step === undefined) return { at, iterations: iteration, slope };
    const moved = subtract(step.at, at);
    const turned = subtract(step.gradient, gradient);
    const product = dot(moved, turned);
    if (product > Number.EPSILON * dot(turned, turned)) changes.push({ moved, turned, product });
    if (changes.length > memory) changes.shift();
    ({ at, gradient, value } = step);
  }
}

interface Change {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  readonly product: number;
}

interface Step {
  readonly at: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
}

/** The two loops. */
function findDirection(gradient: Float64Array, changes: readonly Change[]): Float64Array {
  const direction = gradient.map((n) => -n);
  const weights: number[] = [];
  for (let i = changes.length - 1; i >= 0; i--) {
    const { moved, turned, product } = changes[i]!;
    weights[i] = dot(moved, direction) / product;
    add(direction, turned, -weights[i]!);
  }
  const last = changes.at(-1);
  if (last) scale(direction, last.product / dot(last.turned, last.turned));
  changes.forEach(({ moved, turned, product }, i) => {
    add(direction, moved, weights[i]! - dot(turned, direction) / product);
  });
  return direction;
}

/**
 * A step that descends enough and flattens the slope (Wolfe's conditions), found by doubling and halving. Near the minimum values are equal but
 * for rounding; then the slope alone decides (Hager and Zhang 2005).
 */
function search(
  objective: Objective,
  from: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  first: number,
): Step | undefined {
  const slope = dot(gradient, direction);
  if (!(slope < 0)) return undefined;
  const noise = 1e-14 * Math.abs(value);
  let [low, high, length] = [0, Number.POSITIVE_INFINITY, first];
  for (let tries = 0; tries < 60; tries++) {
    const at = from.map((n, i) => n + length * direction[i]!);
    const own = new Float64Array(at.length);
    const found = objective(at, own);
    const ownSlope = dot(own, direction);
    const isLower = found <= value + sufficient * length * slope;
    const isFlat = found <= value + noise && ownSlope <= (2 * sufficient - 1) * slope;
    if (!(isLower || isFlat) || ownSlope > -curvature * slope) high = length;
    else if (ownSlope < curvature * slope) low = length;
    else return { at, gradient: own, value: found };
    length = high === Number.POSITIVE_INFINITY ? 2 * length : (low + high) / 2;
  }
  return undefined;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export function add(to: Float64Array, what: ArrayLike<number>, times: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += what[i]! * times;
}

export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
  return most;
}

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((n, i) => n - b[i]!);
}

function scale(values: Float64Array, times: number): void {
  for (let i = 0; i < values.length; i++) values[i]! *= times;
}
