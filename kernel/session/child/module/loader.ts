import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";
import type { Place } from "./hooks.ts";
import { findFolder, findServed, findUrl } from "./notebook.ts";

/** Not in the types of Node 20. */
type RegisterHooks = (hooks: Pick<Hooks, "resolve" | "load">) => void;
type Hooks = typeof import("./nodeHooks.ts");

let isInstalled = false;

/** Teaches Node to load local modules, at the first one: most notebooks have none, and on Node 20 it costs a thread. */
export function installHooks(): void {
  if (isInstalled) return;
  const place: Place = { folder: findFolder(), notebook: findUrl(), served: findServed() };
  const file = new URL(`./nodeHooks.${import.meta.url.slice(-2)}`, import.meta.url);
  const { registerHooks } = nodeModule as { registerHooks?: RegisterHooks };
  if (registerHooks) {
    // Not import(): Stop could leave its promise pending for ever.
    const hooks = nodeModule.createRequire(import.meta.url)(fileURLToPath(file)) as Hooks;
    hooks.initialize(place);
    registerHooks(hooks);
  } else nodeModule.register(file, { data: place });
  isInstalled = true;
}
