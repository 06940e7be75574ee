import { EventEmitter } from "node:events";
import { context } from "./context.ts";
import type { Run } from "./run.ts";

type Listen = (this: EventEmitter, name: string | symbol, listener: () => void) => EventEmitter;

/** Events that come from outside – a socket, a child process – are told in the run that first listened. Only needed where `context.ts` follows promises alone. */
export function patchEmitters(): void {
  const owners = new WeakMap<EventEmitter, Run>();
  const prototype = EventEmitter.prototype;
  for (const name of ["on", "addListener", "prependListener"] as const) {
    const listen = prototype[name] as Listen;
    const patched: Listen = function (event, listener) {
      const run = context.find();
      if (run !== undefined && !owners.has(this)) owners.set(this, run);
      return listen.call(this, event, listener);
    };
    Object.defineProperty(patched, "name", { value: name });
    prototype[name] = patched as never;
  }
  const { emit } = prototype;
  prototype.emit = function (this: EventEmitter, ...event: [string | symbol, ...unknown[]]): boolean {
    const run = context.find() === undefined ? owners.get(this) : undefined;
    return run ? context.within(run, () => Reflect.apply(emit, this, event)) : Reflect.apply(emit, this, event);
  };
}
