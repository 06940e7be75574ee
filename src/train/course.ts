import type { Optimizer, State } from "../optim/optimizer.ts";
import { type Generator, random } from "../tensor/random/random.ts";
import { checkLike, findDType } from "./check.ts";
import type { Feed } from "./feed.ts";
import type { Resumable } from "./fitted.ts";
import { type Growing, growFrom } from "./history.ts";
import type { Trainable } from "./model.ts";
import type { FitOptions } from "./options.ts";
import type { Learner, Step } from "./step.ts";

/** What moves on with every step. */
export interface Course {
  learner: Learner;
  readonly generator: Generator;
  readonly history: Growing;
  /** Counted from 1; 0 before the first. */
  epoch: number;
  step: number;
  /** The rate that the schedule gave for this step. */
  lr: number | undefined;
  /** What the optimizer knew before this step: it chose the rate, where no schedule did. */
  stateBefore: State;
  last: Step | undefined;
  before: Step | undefined;
}

/** At the beginning, or where another training ended. */
export function begin(
  model: Trainable,
  optimizer: Optimizer,
  options: FitOptions,
  previous: Resumable | undefined,
  seed: number,
  feed: Feed,
): Course {
  const dtype = findDType(feed);
  const drawn = model.init(seed, dtype);
  const { params = drawn, state = model.initState(dtype) } = previous?.position.latest ?? previous ?? options;
  checkLike(previous ? "resume" : "params", params, drawn);
  const optimizerState = previous?.optimizerState ?? optimizer.init(params);
  return {
    learner: { params, state, optimizerState },
    generator: previous ? random(previous.position.generator) : random(seed).split(),
    history: growFrom(Object.keys(options.metrics ?? {}), previous?.history),
    epoch: previous?.position.epoch ?? 0,
    step: previous?.position.step ?? 0,
    lr: undefined,
    stateBefore: optimizerState,
    last: undefined,
    before: undefined,
  };
}
