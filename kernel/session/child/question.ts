import { inspect, types } from "node:util";
import type { Question } from "../protocol.ts";
import { names } from "./names.ts";

/** Looks at live values without running anything of the user's: no getter, no proxy trap, no inspector. */
export function answerQuestion(question: Question): unknown {
  const found = findValue(question.path);
  if (!found) return undefined;
  return question.about === "value" ? describe(found.value) : listNames(question.path.length === 0, found.value);
}

/** The value of a dotted path; nothing where that cannot be known without running code. */
function findValue(path: string[]): { value: unknown } | undefined {
  if (path.length === 0) return { value: globalThis };
  const [first, ...rest] = path as [string, ...string[]];
  let found = Object.hasOwn(names, first) ? readProperty(names, first) : readProperty(globalThis, first);
  for (const name of rest) found = found && readProperty(found.value, name);
  return found;
}

function readProperty(holder: unknown, name: string): { value: unknown } | undefined {
  for (const object of findChain(holder)) {
    const property = Object.getOwnPropertyDescriptor(object, name);
    if (property) return "value" in property ? { value: property.value } : undefined;
  }
  return undefined;
}

/** The object and its prototypes, up to a proxy: even asking it for its prototype would run a trap. */
function findChain(value: unknown): object[] {
  if (value === null || value === undefined) return [];
  const chain: object[] = [];
  for (let one: object | null = Object(value) as object; one && !types.isProxy(one); one = Object.getPrototypeOf(one))
    chain.push(one);
  return chain;
}

function listNames(isTop: boolean, value: unknown): string[] {
  const chain = isTop ? [names, globalThis] : findChain(value);
  const all = new Set<string>();
  // What every object has would bury what this one has.
  for (const object of chain)
    if (chain.length === 1 || object !== Object.prototype)
      for (const name of Object.getOwnPropertyNames(object)) if (isReadable(name)) all.add(name);
  return [...all];
}

function isReadable(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name) && name !== "constructor";
}

function describe(value: unknown): string {
  if (types.isProxy(value)) return "Proxy";
  return inspect(value, {
    customInspect: false,
    getters: false,
    depth: 1,
    maxArrayLength: 10,
    maxStringLength: 200,
    breakLength: 100,
  });
}
