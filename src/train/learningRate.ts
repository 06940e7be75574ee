import type { Optimizer, State } from "../optim/optimizer.ts";
import type { PlateauState } from "../optim/schedule/reduceOnPlateau.ts";
import type { Schedule } from "../optim/schedule/schedule.ts";

/** A learning rate that depends on what was seen: `optim.schedule.reduceOnPlateau`. */
export interface Plateau {
  init(): PlateauState;
  update(metric: number, state: PlateauState): PlateauState;
}

/** Learning rates for the steps of a training. */
export interface Rates {
  /** The rate to give to the optimizer at a step (the first is 0) of an epoch (the first is 0), or nothing to leave it to the optimizer. */
  at(step: number, epoch: number): number | undefined;
  /** After an epoch, what it ended with: validation loss, or training loss without it. */
  see(loss: number): void;
}

export function toRates(
  schedule: Schedule | Plateau | undefined,
  per: "step" | "epoch",
  seen: readonly number[],
): Rates {
  if (schedule === undefined) return { at: () => undefined, see: () => undefined };
  if (typeof schedule === "function")
    return {
      at: (step, epoch) => checkRate(schedule(per === "step" ? step : epoch), per, per === "step" ? step : epoch),
      see: () => undefined,
    };
  // what it has seen is in the history, so there is nothing else to resume from
  let state = seen.reduce((before, loss) => schedule.update(loss, before), schedule.init());
  return {
    at: () => state.lr,
    see: (loss) => {
      state = schedule.update(loss, state);
    },
  };
}

function checkRate(rate: number, per: string, at: number): number {
  if (!(rate >= 0 && rate < Number.POSITIVE_INFINITY))
    throw new RangeError(`fit: schedule gives a learning rate of ${rate} at ${per} ${at} where at least 0 is needed.`);
  return rate;
}

/**
 * The learning rate that an optimizer chooses itself. An optimizer does not tell it, but it tells numbers in proportion to it: their ratio to those of rate 1 is
 * the rate.
 */
export function findRate(optimizer: Optimizer, state: State): number {
  const [own, one, two] = [undefined, 1, 2].map((lr) => optimizer.coefficients(state, lr)) as [
    Record<string, number>,
    Record<string, number>,
    Record<string, number>,
  ];
  const name = Object.keys(one).find((key) => one[key] !== 0 && two[key] === 2 * one[key]!);
  return name === undefined ? Number.NaN : Number((own[name]! / one[name]!).toPrecision(15));
}
