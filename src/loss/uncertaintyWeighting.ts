import { fromArray } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkChoice } from "./check/option.ts";
import { type Count, checkPerTask, type Losses, type PerTask, toLosses } from "./check/tasks.ts";

export type TaskKind = "regression" | "classification";

export interface UncertaintyWeightingOptions<K extends readonly TaskKind[] = readonly TaskKind[]> {
  /** What each task is; all `"regression"` unless given. */
  readonly kinds?: K;
}

/**
 * Several tasks, weighted by how noisy the model finds each: the logarithms of the variances are parameters and are learned with the rest.
 *
 * `Σ c_k e^(–s_k) L_k + s_k / 2` with `s = log σ²`, c = ½ for a regression and 1 for a classification.
 *
 * Shapes: a list of K losses of one number each, or a tensor `[K]`; `logVariance` is `[K]`.
 *
 * @example
 * loss.uncertaintyWeighting([tensor(2), tensor(10)], tensor([0, 0])).item() // 6
 * loss.uncertaintyWeighting([tensor(2), tensor(10)], tensor([0, 0]), { kinds: ["regression", "classification"] }).item() // 11
 * @throws ShapeError `uncertaintyWeighting: 3 log-variances for 2 tasks`
 * @see Kendall, Gal and Cipolla 2018 (arXiv:1705.07115), eqs. 7 and 10. Their notebook minimizes twice this.
 */
export function uncertaintyWeighting<
  const L extends Losses,
  S extends Tensor,
  const K extends readonly TaskKind[] = readonly TaskKind[],
>(
  losses: L,
  logVariance: S & PerTask<"uncertaintyWeighting", "log-variances", Count<Tensor<S["shape"]>>, Count<L>>,
  options?: UncertaintyWeightingOptions<K & PerTask<"uncertaintyWeighting", "kinds", Count<K>, Count<L>>>,
): Tensor<readonly []>;
export function uncertaintyWeighting(
  losses: Losses,
  logVariance: Tensor,
  { kinds }: UncertaintyWeightingOptions = {},
): Tensor {
  const each = toLosses("uncertaintyWeighting", losses);
  const tasks = each.shape[0]!;
  checkPerTask("uncertaintyWeighting", "log-variances", logVariance.size, tasks);
  checkPerTask("uncertaintyWeighting", "kinds", kinds?.length ?? tasks, tasks);
  for (const kind of kinds ?? []) checkChoice("uncertaintyWeighting", "kind", kind, ["regression", "classification"]);
  const s = logVariance.reshape([-1]);
  const factors = new Float64Array(tasks).map((_, k) => (kinds?.[k] === "classification" ? 1 : 0.5));
  const scale = s
    .neg()
    .exp()
    .mul(fromArray(factors, [tasks]).to(each.dtype));
  return scale.mul(each).add(s.mul(0.5)).sum();
}
