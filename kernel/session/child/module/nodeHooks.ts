import type { LoadFnOutput, LoadHookContext, ResolveFnOutput, ResolveHookContext } from "node:module";
import { loadFile, type Place, resolveLocal } from "./hooks.ts";

let place: Place;

/** Node 20 runs these in a thread of its own, later ones in the thread that imports; `next` answers with a promise there and without one here. */
export function initialize(data: Place): void {
  place = data;
}

export function resolve<T>(
  specifier: string,
  context: ResolveHookContext,
  next: (specifier: string, context: ResolveHookContext) => T,
): T | ResolveFnOutput {
  const url = resolveLocal(specifier, context.parentURL, place);
  if (url === undefined) return next(specifier, context);
  return { url, shortCircuit: true, importAttributes: context.importAttributes };
}

export function load<T>(
  url: string,
  context: LoadHookContext,
  next: (url: string, context: LoadHookContext) => T,
): T | LoadFnOutput {
  const loaded = loadFile(url, context.importAttributes as Record<string, string | undefined>, place);
  return loaded ? { ...loaded, shortCircuit: true } : next(url, context);
}
