import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CheckLevel } from "./language/language.ts";

/** What a notebook's folder may say in `lossbook.json`; every key may be left out. */
export interface Configuration {
  /** How strictly cells are type-checked; a cell's own `// @check` comes first. Default `"error"`. */
  check: CheckLevel;
  /** Heap limit of the session in megabytes. Default: V8's own. */
  memory?: number;
}

export const CONFIGURATION_FILE = "lossbook.json";

/** The configuration of the nearest folder, from `folder` upwards, that has a `lossbook.json`. */
export function readConfiguration(folder: string): Configuration {
  const path = findUpwards(folder);
  if (!path) return { check: "error" };
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}.`);
  }
  return checkConfiguration(json, path);
}

const CHECK_LEVELS: readonly CheckLevel[] = ["error", "warn", "off"];

function checkConfiguration(json: unknown, path: string): Configuration {
  if (typeof json !== "object" || json === null)
    throw new Error(`${path}: an object is expected, not ${JSON.stringify(json)}.`);
  const { check = "error", memory, ...unknown } = json as Record<string, unknown>;
  for (const key of Object.keys(unknown))
    throw new Error(`${path}: "${key}" is not known; there are "check" and "memory".`);
  if (!CHECK_LEVELS.includes(check as CheckLevel))
    throw new Error(
      `${path}: check is ${JSON.stringify(check)}, not one of ${CHECK_LEVELS.map((level) => `"${level}"`).join(", ")}.`,
    );
  if (memory !== undefined && !(typeof memory === "number" && memory >= 64))
    throw new Error(`${path}: memory is ${JSON.stringify(memory)}, not a number of megabytes from 64.`);
  return { check: check as CheckLevel, ...(memory === undefined ? {} : { memory }) };
}

function findUpwards(folder: string): string | undefined {
  const path = join(folder, CONFIGURATION_FILE);
  if (existsSync(path)) return path;
  const parent = dirname(folder);
  return parent === folder ? undefined : findUpwards(parent);
}
