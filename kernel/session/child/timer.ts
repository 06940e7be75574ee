import { context } from "./context.ts";
import { throwUncaught } from "./uncaught.ts";

type Callback = (this: unknown, ...values: unknown[]) => void;
type Timer = (callback: Callback, ...values: unknown[]) => unknown;

const settled = Promise.resolve();

/**
 * Timers run in the run that set them, and as microtasks: where Node itself calls back from a timer it keeps a stack of
 * its own, and aborts when that code is stopped.
 */
export function patchTimers(): void {
  const timers = process.getBuiltinModule("node:timers") as unknown as Record<string, Timer>;
  const globals = globalThis as unknown as Record<string, Timer>;
  globals["setTimeout"] = timers["setTimeout"] = patch(globals["setTimeout"]!, 1);
  globals["setInterval"] = timers["setInterval"] = patch(globals["setInterval"]!, 1);
  globals["setImmediate"] = timers["setImmediate"] = patch(globals["setImmediate"]!, 0);
  globals["queueMicrotask"] = patchMicrotask(globals["queueMicrotask"]!);
}

/** `skip`: arguments between the callback and what it is called with. */
function patch(timer: Timer, skip: number): Timer {
  const patched: Timer = (callback, ...values) =>
    typeof callback === "function"
      ? timer(toMicrotask(callback, values.slice(skip)), ...values.slice(0, skip))
      : timer(callback, ...values);
  return Object.defineProperties(patched, Object.getOwnPropertyDescriptors(timer));
}

function patchMicrotask(queue: Timer): Timer {
  const patched: Timer = (callback) =>
    typeof callback === "function" ? void toMicrotask(callback, []).call(undefined) : queue(callback);
  return Object.defineProperties(patched, Object.getOwnPropertyDescriptors(queue));
}

function toMicrotask(callback: Callback, values: unknown[]): Callback {
  const run = context.find();
  const call = (self: unknown) => {
    try {
      Reflect.apply(callback, self, values);
    } catch (error) {
      throwUncaught(error);
    }
  };
  return function (this: unknown) {
    // The timers of a stopped cell are stopped with it: so ends a loop around `await sleep(100)`.
    if (!run?.stopped) void settled.then(() => (run ? context.within(run, () => call(this)) : call(this)));
  };
}
