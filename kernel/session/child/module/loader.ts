import * as nodeModule from "node:module";
import type { Place } from "./hooks.ts";
import { findFolder, findServed, findUrl } from "./notebook.ts";

/** Not in the types of Node 20. */
type RegisterHooks = (hooks: Pick<typeof import("./nodehooks.ts"), "resolve" | "load">) => void;

let loading: Promise<void> | undefined;

/** Teaches Node to load local modules, at the first one: most notebooks have none, and on Node 20 it costs a thread. */
export function loadLocal(): Promise<void> {
  loading ??= install({ folder: findFolder(), notebook: findUrl(), served: findServed() });
  return loading;
}

async function install(place: Place): Promise<void> {
  const { registerHooks } = nodeModule as { registerHooks?: RegisterHooks };
  if (registerHooks) {
    const hooks = await import("./nodehooks.ts");
    hooks.initialize(place);
    registerHooks(hooks);
  } else nodeModule.register(new URL(`./nodehooks.${import.meta.url.slice(-2)}`, import.meta.url), { data: place });
}
